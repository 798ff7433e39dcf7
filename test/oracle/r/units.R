# Arms given to whole units: everything is clustered by unit. clubSandwich, lmerTest.
suppressMessages({ library(clubSandwich); library(lme4); library(lmerTest) })
source("write.R")

rows <- read.csv("../input/units.csv")
rows$arm <- factor(rows$arm, levels = c("control", "a", "b"))
before <- rows[rows$wave == "before", ]
means <- tapply(before$y, before$leader, mean)
after <- rows[rows$wave == "after", ]
after$baseline <- as.numeric(means[after$leader])
after$missing <- as.numeric(is.na(after$baseline))
after$baseline[is.na(after$baseline)] <- mean(means[unique(after$leader)], na.rm = TRUE)

robust <- function(fit, cluster, effects, type) {
  v <- vcovCR(fit, cluster = cluster, type = type)
  t <- coef_test(fit, vcov = v, test = if (type == "CR2") "Satterthwaite" else "naive-t")
  at <- match(effects, rownames(t))
  f <- if (type != "CR2") NULL else Wald_test(fit, constraints = constrain_zero(effects, coef(fit)), vcov = v, test = "HTZ")
  c(list(estimate = t$beta[at], se = t$SE[at], df = if (type == "CR2") t$df_Satt[at] else NULL),
    if (!is.null(f)) list(f = f$Fstat, df2 = f$df_denom, p = f$p_val))
}

ancova <- lm(y ~ arm + baseline + missing + block + x1, after)
arms <- c("arma", "armb")
both <- rows[rows$leader %in% intersect(before$leader, after$leader), ]
both$late <- as.numeric(both$wave == "after")
both$a <- both$late * (both$arm == "a")
both$b <- both$late * (both$arm == "b")
within <- lm(y ~ 0 + factor(leader) + late + a + b, both)

control <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-12, maxfun = 1e5))
mixed <- lmerTest::lmer(y ~ arm + baseline + missing + block + x1 + (1 | unit) + (1 | unit:leader), after, control = control)
m <- coef(summary(mixed))[arms, ]
parts <- as.data.frame(VarCorr(mixed))

lost <- unique(rows[c("leader", "unit", "arm")])
lost$lost <- as.numeric(!lost$leader %in% after$leader)
loss <- lm(lost ~ arm, lost)
f <- Wald_test(loss, constraints = constrain_zero(arms, coef(loss)), vcov = vcovCR(loss, cluster = lost$unit, type = "CR2"), test = "HTZ")

# Who answered, by headcounts of ten to twelve that the test knows too: the 0/1 rows of all employees.
leaders <- unique(rows[c("leader", "unit", "arm", "block")])
leaders$employees <- 10 + (seq_len(nrow(leaders)) - 1) %% 3
leaders$answered <- sapply(leaders$leader, function(one) sum(after$leader == one))
employees <- leaders[rep(seq_len(nrow(leaders)), leaders$employees), ]
employees$answers <- unlist(lapply(seq_len(nrow(leaders)), function(g)
  as.numeric(seq_len(leaders$employees[g]) <= leaders$answered[g])))
response <- lm(answers ~ arm, employees)
answers_v <- vcovCR(response, cluster = employees$unit, type = "CR2")
answers_f <- Wald_test(response, constraints = constrain_zero(arms, coef(response)), vcov = answers_v, test = "HTZ")
answers_t <- conf_int(response, vcov = answers_v, coefs = arms)

# Those who did not answer at the end of the scale: `own` in the arm, `other` in the control arm.
bound <- function(arm, own, other) {
  silent <- leaders[rep(seq_len(nrow(leaders)), leaders$employees - leaders$answered), ]
  silent <- silent[silent$arm %in% c(arm, "control"), ]
  silent$y <- ifelse(silent$arm == arm, own, other)
  all <- rbind(after[c("leader", "unit", "arm", "block", "y")], silent[c("leader", "unit", "arm", "block", "y")])
  all$baseline <- as.numeric(means[all$leader])
  all$missing <- as.numeric(is.na(all$baseline))
  all$baseline[is.na(all$baseline)] <- mean(means[unique(all$leader)], na.rm = TRUE)
  fit <- lm(y ~ arm + baseline + missing + block, all)
  t <- coef_test(fit, vcov = vcovCR(fit, cluster = all$unit, type = "CR2"), test = "Satterthwaite")
  at <- match(paste0("arm", arm), rownames(t))
  list(estimate = t$beta[at], se = t$SE[at])
}

write_expected(list(
  ancova = list(CR2 = robust(ancova, after$unit, arms, "CR2"), CR1 = robust(ancova, after$unit, arms, "CR1")),
  within = list(CR2 = robust(within, both$unit, c("a", "b"), "CR2")),
  mixed = list(estimate = m[, "Estimate"], se = m[, "Std. Error"], df = m[, "df"],
    unit = parts$vcov[parts$grp == "unit"], leader = parts$vcov[parts$grp == "unit:leader"], residual = parts$vcov[parts$grp == "Residual"]),
  attrition = list(f = f$Fstat, df2 = f$df_denom, p = f$p_val),
  response = list(p = answers_f$p_val, estimate = answers_t$beta, low = answers_t$CI_L, high = answers_t$CI_U),
  bounds = list(a = list(low = bound("a", 0, 100), high = bound("a", 100, 0)), b = list(low = bound("b", 0, 100), high = bound("b", 100, 0)))
), "units.json")
