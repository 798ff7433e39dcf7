# Coefficients, cluster-robust standard errors, degrees of freedom and joint tests of the models of an effect.
suppressMessages({ library(clubSandwich); library(estimatr) })
source("write.R")

read_survey <- function(name, arms) {
  rows <- read.csv(file.path("../input", name), colClasses = c(leader = "character", arm = "character", block = "character"))
  rows$arm <- factor(rows$arm, levels = arms)
  rows$block <- factor(rows$block)
  rows
}

with_baseline <- function(rows, wave) {
  before <- rows[rows$wave == "before", ]
  means <- tapply(before$y, before$leader, mean)
  after <- rows[rows$wave == wave, ]
  after$baseline <- as.numeric(means[after$leader])
  after$baseline_missing <- as.numeric(is.na(after$baseline))
  known <- means[intersect(names(means), unique(after$leader))]
  after$baseline[is.na(after$baseline)] <- mean(known)
  after
}

answers <- function(formula, rows, effects) {
  rows <- rows[complete.cases(rows[, intersect(all.vars(formula), names(rows))]), ]
  rows <- droplevels(rows)
  fit <- lm(formula, data = rows)
  dropped <- sum(is.na(coef(fit)))
  kept <- names(coef(fit))[!is.na(coef(fit))]
  X <- model.matrix(fit)[, kept]
  y <- model.response(model.frame(fit))
  fit <- lm(y ~ 0 + X)
  names(fit$coefficients) <- kept
  se <- list(); df <- list(); p <- list()
  # With a leader of leverage one, CR3 inverts a singular matrix: what R returns, if anything, is rounding.
  Q <- qr.Q(qr(X))
  alone <- any(sapply(split(seq_len(nrow(X)), rows$leader), function(i) svd(Q[i, , drop = FALSE])$d[1]) > 1 - 1e-8)
  for (type in c("CR0", "CR1", "CR1S", "CR2", if (!alone) "CR3")) {
    V <- vcovCR(fit, cluster = rows$leader, type = type)
    test <- coef_test(fit, vcov = V, test = "Satterthwaite")
    rownames(test) <- kept
    se[[type]] <- I(test[effects, "SE"])
    df[[type]] <- I(test[effects, "df_Satt"])
    p[[type]] <- I(test[effects, "p_Satt"])
  }
  joint <- Wald_test(fit, constraints = constrain_zero(match(effects, kept)), vcov = "CR2", cluster = rows$leader, test = "HTZ")
  list(n = nobs(fit), leaders = length(unique(rows$leader)), dropped = dropped, leverage_one = alone,
       estimate = I(as.numeric(coef(fit)[effects])), residuals = sum(resid(fit)^2), se = se, df = df, p = p,
       joint = list(f = joint$Fstat, df1 = joint$df_num, df2 = joint$df_denom, p = joint$p_val))
}

difference <- function(rows, wave, arms) {
  two <- rows[rows$wave %in% c("before", wave), ]
  two$post <- as.numeric(two$wave == wave)
  for (arm in arms[-1]) two[[paste0("post_", arm)]] <- two$post * (two$arm == arm)
  two
}

within_leader <- function(rows, wave, arms) {
  two <- difference(rows, wave, arms)
  effects <- paste0("post_", arms[-1])
  club <- answers(as.formula(paste("y ~ 0 + factor(leader) + post +", paste(effects, collapse = " + "))), two, effects)
  stata <- lm_robust(as.formula(paste("y ~ post +", paste(effects, collapse = " + "))), data = two, clusters = leader,
                     fixed_effects = ~leader, se_type = "stata")
  club$se$CR1S <- I(as.numeric(stata$std.error[effects]))
  club
}

of_survey <- function(name, arms, blocks, wave = "after") {
  rows <- read_survey(name, arms)
  effects <- paste0("arm", arms[-1])
  base <- if (any(with_baseline(rows, wave)$baseline_missing == 1)) "baseline + baseline_missing" else "baseline"
  block <- if (blocks) " + block" else ""
  arm_sums <- paste("post +", paste0("post_", arms[-1], collapse = " + "))
  products <- paste0("post_", arms[-1])
  did <- difference(rows, wave, arms)
  list(
    ancova = answers(as.formula(paste("y ~", base, block, "+ x1 + x2 + arm")), with_baseline(rows, wave), effects),
    ancova_plain = answers(as.formula(paste("y ~", base, "+ arm")), with_baseline(rows, wave), effects),
    ancova_collinear = answers(as.formula(paste("y ~", base, "+ x1 + x2 + x3 + arm")), with_baseline(rows, wave), effects),
    after_only = answers(y ~ x1 + x2 + arm, rows[rows$wave == wave, ], effects),
    difference = answers(as.formula(paste("y ~ arm +", arm_sums)), did, products),
    difference_adjusted = answers(as.formula(paste("y ~ x1 + x2", block, "+ arm +", arm_sums)), did, products),
    within_leader = within_leader(rows, wave, arms)
  )
}

write_expected(list(
  forty = of_survey("forty.csv", c("control", "a", "b", "c"), TRUE),
  eight = of_survey("eight.csv", c("control", "a"), FALSE),
  pairs = of_survey("pairs.csv", c("control", "a"), TRUE, "later")
), "effects.json")
