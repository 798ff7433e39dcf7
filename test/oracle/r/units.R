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

write_expected(list(
  ancova = list(CR2 = robust(ancova, after$unit, arms, "CR2"), CR1 = robust(ancova, after$unit, arms, "CR1")),
  within = list(CR2 = robust(within, both$unit, c("a", "b"), "CR2")),
  mixed = list(estimate = m[, "Estimate"], se = m[, "Std. Error"], df = m[, "df"],
    unit = parts$vcov[parts$grp == "unit"], leader = parts$vcov[parts$grp == "unit:leader"], residual = parts$vcov[parts$grp == "Residual"]),
  attrition = list(f = f$Fstat, df2 = f$df_denom, p = f$p_val)
), "units.json")
