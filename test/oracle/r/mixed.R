# Random intercept per leader beside the fixed part of the ANCOVA: lme4, lmerTest, pbkrtest.
suppressMessages({ library(lme4); library(lmerTest); library(pbkrtest) })
source("write.R")

# A tighter stop than lme4's own, so that the oracle is not the coarser of the two.
control <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-12, maxfun = 1e5), check.conv.singular = "ignore")

after_rows <- function(name, arms, wave) {
  rows <- read.csv(file.path("../input", name), colClasses = c(leader = "character", arm = "character", block = "character"))
  rows$arm <- factor(rows$arm, levels = arms)
  before <- rows[rows$wave == "before", ]
  means <- tapply(before$y, before$leader, mean)
  after <- rows[rows$wave == wave, ]
  after$baseline <- as.numeric(means[after$leader])
  after$missing <- as.numeric(is.na(after$baseline))
  after$baseline[is.na(after$baseline)] <- mean(after$baseline, na.rm = TRUE)
  after
}

answers <- function(formula, rows, effects) {
  fit <- lmerTest::lmer(formula, data = rows, REML = TRUE, control = control)
  table <- coef(summary(fit, ddf = "Satterthwaite"))
  adjusted <- as.matrix(vcovAdj(fit))
  variances <- as.data.frame(VarCorr(fit))$vcov
  contrast <- function(effect) as.numeric(names(fixef(fit)) == effect)
  list(n = nobs(fit), cluster = variances[1], residual = variances[2], deviance = REMLcrit(fit),
       estimate = I(unname(fixef(fit)[effects])), se = I(unname(table[effects, "Std. Error"])),
       df = I(unname(table[effects, "df"])), p = I(unname(table[effects, "Pr(>|t|)"])),
       kenward_roger_se = I(unname(sqrt(diag(adjusted))[match(effects, names(fixef(fit)))])),
       kenward_roger_df = I(sapply(effects, function(effect) get_Lb_ddf(fit, contrast(effect)), USE.NAMES = FALSE)))
}

forty <- after_rows("forty.csv", c("control", "a", "b", "c"), "after")
eight <- after_rows("eight.csv", c("control", "a"), "after")
pairs <- after_rows("pairs.csv", c("control", "a"), "later")
three <- c("arma", "armb", "armc")
write_expected(list(
  forty = answers(y ~ baseline + missing + x1 + x2 + arm + (1 | leader), forty, three),
  forty_blocks = answers(y ~ baseline + missing + block + arm + (1 | leader), forty, three),
  eight = answers(y ~ baseline + arm + (1 | leader), eight, "arma"),
  # The leaders' variance is estimated as zero here.
  pairs = answers(y ~ baseline + missing + arm + (1 | leader), pairs, "arma")
), "mixed.json")
