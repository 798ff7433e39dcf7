# Lin's fully interacted adjustment (row-weighted, CR2 by leader) and the regression of leaders' means (each counts the
# same, HC2, which is CR2 of clusters of one row).
suppressMessages({ library(clubSandwich); library(estimatr) })
source("write.R")

survey <- function(name, arms, wave) {
  rows <- read.csv(file.path("../input", name), colClasses = c(leader = "character", arm = "character", block = "character"))
  rows$arm <- factor(rows$arm, levels = arms)
  before <- rows[rows$wave == "before", ]
  means <- tapply(before$y, before$leader, mean)
  after <- rows[rows$wave == wave & !is.na(rows$x1) & !is.na(rows$x2), ]
  after$baseline <- as.numeric(means[after$leader])
  after$missing <- as.numeric(is.na(after$baseline))
  known <- means[intersect(names(means), unique(after$leader))]
  after$baseline[is.na(after$baseline)] <- mean(known)
  droplevels(after)
}

numbers <- function(fit, effects) list(estimate = I(unname(fit$coefficients[effects])), se = I(unname(fit$std.error[effects])),
                                       df = I(unname(fit$df[effects])), p = I(unname(fit$p.value[effects])))

# Without blocks and missing baselines it is lm_lin; with them their columns are added to the same interactions.
lin <- function(rows, effects, extra) {
  if (length(extra) == 0)
    return(numbers(lm_lin(y ~ arm, covariates = ~ baseline + x1 + x2, data = rows, clusters = leader, se_type = "CR2"), effects))
  for (column in c("baseline", "x1", "x2")) rows[[paste0("c_", column)]] <- rows[[column]] - mean(rows[[column]])
  formula <- as.formula(paste("y ~ arm * (c_baseline + c_x1 + c_x2) +", paste(extra, collapse = " + ")))
  numbers(lm_robust(formula, data = rows, clusters = leader, se_type = "CR2"), effects)
}

of_means <- function(rows, effects, extra) {
  leaders <- aggregate(cbind(y, baseline, x1, x2, missing) ~ leader + arm + block, data = rows, FUN = mean)
  formula <- as.formula(paste("y ~", paste(c("baseline", "x1", "x2", extra, "arm"), collapse = " + ")))
  fit <- lm(formula, data = leaders)
  V <- vcovCR(fit, cluster = leaders$leader, type = "CR2")
  test <- coef_test(fit, vcov = V, test = "Satterthwaite")
  rownames(test) <- names(coef(fit))
  list(estimate = I(unname(coef(fit)[effects])), se = I(test[effects, "SE"]), df = I(test[effects, "df_Satt"]),
       p = I(test[effects, "p_Satt"]))
}

answers <- function(name, arms, wave, blocks) {
  rows <- survey(name, arms, wave)
  extra <- c(if (any(rows$missing == 1)) "missing", if (blocks) "block")
  effects <- paste0("arm", arms[-1])
  list(plain_lin = length(extra) == 0, lin = lin(rows, effects, extra), means = of_means(rows, effects, extra))
}

write_expected(list(
  forty = answers("forty.csv", c("control", "a", "b", "c"), "after", TRUE),
  eight = answers("eight.csv", c("control", "a"), "after", FALSE),
  pairs = answers("pairs.csv", c("control", "a"), "later", FALSE),
  gaps = answers("gaps.csv", c("control", "a", "b"), "after", FALSE),
  "left-two" = answers("left-two.csv", c("control", "a"), "after", FALSE),
  "left-three" = answers("left-three.csv", c("control", "a", "b"), "later", FALSE)
), "estimands.json")
