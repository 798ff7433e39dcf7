# Are arms alike before the training: per variable HTZ over units of allocation within blocks (clubSandwich), and d² of
# Hansen & Bowers (2008) from its definition; in one block it is (n - 1) times Pillai's trace of a MANOVA.
suppressMessages(library(clubSandwich))
source("write.R")

rows <- read.csv("../input/units.csv")
rows$arm <- factor(rows$arm, levels = c("control", "a", "b"))
before <- rows[rows$wave == "before", ]
leaders <- unique(rows[c("leader", "unit", "arm", "block")])
leaders$employees <- 10 + (seq_len(nrow(leaders)) - 1) %% 3
leaders$baseline <- as.numeric(tapply(before$y, before$leader, mean)[leaders$leader])

htz <- function(formula, data) {
  fit <- lm(formula, data)
  f <- Wald_test(fit, constraints = constrain_zero(c("arma", "armb"), coef(fit)),
    vcov = vcovCR(fit, cluster = data$unit, type = "CR2"), test = "HTZ")
  list(f = f$Fstat, df2 = f$df_denom, p = f$p_val)
}
measured <- leaders[!is.na(leaders$baseline), ]

# Unit means of the rows, aligned within blocks, and the covariance of arm sums over all draws.
units <- unique(leaders[c("unit", "arm", "block")])
values <- cbind(
  baseline = tapply(measured$baseline, measured$unit, mean)[units$unit],
  x1 = tapply(before$x1, before$unit, mean)[units$unit],
  employees = tapply(leaders$employees, leaders$unit, mean)[units$unit])
d2 <- function(values, arm, block) {
  k <- nlevels(arm) - 1
  cov <- matrix(0, k * ncol(values), k * ncol(values))
  sums <- rep(0, k * ncol(values))
  for (b in unique(block)) {
    x <- scale(values[block == b, , drop = FALSE], scale = FALSE)
    n <- nrow(x)
    share <- table(arm[block == b])[seq_len(k)] / n
    cov <- cov + kronecker(diag(as.numeric(share), k) - tcrossprod(as.numeric(share)), crossprod(x) * n / (n - 1))
    z <- sapply(levels(arm)[seq_len(k)], function(one) as.numeric(arm[block == b] == one))
    sums <- sums + as.numeric(crossprod(x, z))
  }
  c(sums %*% MASS::ginv(cov) %*% sums)
}
pillai <- summary(manova(values ~ units$arm), test = "Pillai")$stats[1, "Pillai"]

write_expected(list(
  htz = list(baseline = htz(baseline ~ arm + block, measured), x1 = htz(x1 ~ arm + block, before),
    employees = htz(employees ~ arm + block, leaders)),
  d2 = list(blocked = d2(values, units$arm, units$block), one = d2(values, units$arm, rep("all", nrow(units))),
    pillai = (nrow(units) - 1) * pillai)
), "balance.json")
