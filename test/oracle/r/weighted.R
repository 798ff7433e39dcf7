# ANCOVA with sampling weights that vary inside leaders, and on the employees who answered at both waves.
suppressMessages({ library(clubSandwich); library(estimatr) })
source("write.R")

read_people <- function(name, arms) {
  rows <- read.csv(file.path("../input", name), colClasses = c(leader = "character", arm = "character", block = "character"))
  rows$arm <- factor(rows$arm, levels = arms)
  rows$block <- factor(rows$block)
  rows
}

# The leader's (weighted) baseline mean; without one, the mean over the leaders that have one, and an indicator.
with_baseline <- function(rows, wave) {
  before <- rows[rows$wave == "before", ]
  means <- sapply(split(before, before$leader), function(g) weighted.mean(g$y, g$weight))
  after <- rows[rows$wave == wave, ]
  after$baseline <- as.numeric(means[after$leader])
  after$baseline_missing <- as.numeric(is.na(after$baseline))
  known <- means[intersect(names(means), unique(after$leader[!is.na(after$x1) & !is.na(after$x2)]))]
  after$baseline[is.na(after$baseline)] <- mean(known)
  after
}

answers <- function(rows, formula, effects) {
  rows <- droplevels(rows[complete.cases(rows[, all.vars(formula)]), ])
  X <- model.matrix(formula, rows)
  X <- X[, setdiff(colnames(X), names(which(is.na(coef(lm(rows$y ~ 0 + X)))))), drop = FALSE]
  kept <- colnames(X)[!is.na(coef(lm(rows$y ~ 0 + X)))]
  X <- X[, kept]
  y <- rows$y; w <- rows$weight
  fit <- lm(y ~ 0 + X, weights = w)
  names(fit$coefficients) <- kept
  se <- list(); df <- list()
  Q <- qr.Q(qr(X * sqrt(w)))
  alone <- any(sapply(split(seq_len(nrow(X)), rows$leader), function(i) svd(Q[i, , drop = FALSE])$d[1]) > 1 - 1e-8)
  for (type in c("CR0", "CR1", "CR1S", "CR2", if (!alone) "CR3")) {
    V <- vcovCR(fit, cluster = rows$leader, type = type, target = rep(1, length(y)))
    test <- coef_test(fit, vcov = V, test = "Satterthwaite")
    rownames(test) <- kept
    se[[type]] <- I(test[effects, "SE"])
    df[[type]] <- I(test[effects, "df_Satt"])
  }
  # estimatr has its own CR2 of the identity working model; it agrees, or the answers are not written.
  rows$w <- w
  robust <- lm_robust(formula, data = rows, clusters = leader, weights = w, se_type = "CR2")
  stopifnot(all.equal(as.numeric(robust$std.error[effects]), as.numeric(se$CR2), tolerance = 1e-7),
            all.equal(as.numeric(robust$df[effects]), as.numeric(df$CR2), tolerance = 1e-6))
  list(n = nobs(fit), leaders = length(unique(rows$leader)), leverage_one = alone,
       estimate = I(as.numeric(coef(fit)[effects])), se = se, df = df)
}

panel <- function(rows, wave) {
  key <- paste(rows$leader, rows$respondent)
  both <- intersect(key[rows$wave == "before"], key[rows$wave == wave])
  rows <- rows[key %in% both & rows$wave %in% c("before", wave), ]
  rows$weight <- 1
  rows
}

of_survey <- function(name, arms, blocks, wave = "after") {
  rows <- read_people(name, arms)
  effects <- paste0("arm", arms[-1])
  block <- if (blocks) " + block" else ""
  ancova <- function(rows, covariates) {
    rows <- with_baseline(rows, wave)
    used <- rows[complete.cases(rows[, covariates, drop = FALSE]), ]
    base <- if (any(used$baseline_missing == 1)) "baseline + baseline_missing" else "baseline"
    right <- paste(c(base, covariates), collapse = " + ")
    answers(rows, as.formula(paste("y ~", right, block, "+ arm")), effects)
  }
  list(weighted = ancova(rows, c("x1", "x2")), weighted_plain = ancova(rows, character()),
       panel = ancova(panel(rows, wave), c("x1", "x2")), panel_plain = ancova(panel(rows, wave), character()))
}

write_expected(list(
  forty = of_survey("people-forty.csv", c("control", "a", "b", "c"), TRUE),
  eight = of_survey("people-eight.csv", c("control", "a"), FALSE),
  pairs = of_survey("people-pairs.csv", c("control", "a"), FALSE, "later")
), "weighted.json")
