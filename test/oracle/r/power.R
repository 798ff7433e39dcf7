# Noncentral t, and power of two-level cluster-randomised designs.
source("write.R")

# pt() is Lenth's algorithm (AS 243), which stops at an absolute error of 1e-12.
cases <- expand.grid(t = c(-3, 0, 0.5, 2.1, 6, 40), df = c(0.3, 1, 2.7, 13.37, 100, 5021.5), ncp = c(-2, 0, 0.7, 2.8, 12, 30))
lower <- mapply(function(t, df, ncp) suppressWarnings(pt(t, df, ncp)), cases$t, cases$df, cases$ncp)

# One comparison with control: clusters by arm, respondents per cluster with coefficient of variation, shares explained.
designs <- list(
  list(leaders = c(20, 20), respondents = 8, variation = 0, icc = 0.15, r2_leaders = 0, r2_respondents = 0, covariates = 0, level = 0.05),
  list(leaders = c(12, 12), respondents = 6, variation = 0, icc = 0.05, r2_leaders = 0.4, r2_respondents = 0.1, covariates = 1, level = 0.05),
  list(leaders = c(80, 40), respondents = 10.5, variation = 0.6, icc = 0.2, r2_leaders = 0.25, r2_respondents = 0, covariates = 1, level = 0.01),
  list(leaders = c(160, 160), respondents = 5, variation = 0, icc = 0, r2_leaders = 0, r2_respondents = 0, covariates = 0, level = 0.1))
of_design <- function(d) with(d, {
  one <- icc * (1 - r2_leaders) * (1 + variation^2) + (1 - icc) * (1 - r2_respondents) / respondents
  k <- covariates
  se <- sqrt(one * sum(1 / leaders) * (1 + if (k > 0) k / (sum(leaders) - k - 3) else 0))
  df <- (sum(1 / leaders)^2 / sum(1 / (leaders^2 * (leaders - 1))) - k) / (1 + 4 * k / sum(leaders))
  power <- function(effect) {
    q <- qt(level / 2, df, lower.tail = FALSE)
    pt(q, df, effect / se, lower.tail = FALSE) + pt(-q, df, effect / se)
  }
  detectable <- function(wanted) uniroot(function(effect) power(effect) - wanted, c(0, 10 * se), tol = 1e-14)$root
  c(d, se = se, df = df, power_at_02 = power(0.2), power_at_05 = power(0.5), detectable_80 = detectable(0.8),
    detectable_90 = detectable(0.9), bloom_80 = (qt(level / 2, df, lower.tail = FALSE) + qt(0.8, df)) * se)
})

# Equal arms without clustering are a two-sample t test: base R's own power.
t_test <- list(n = 25, delta = 0.6, power = power.t.test(n = 25, delta = 0.6, sd = 1, strict = TRUE)$power)

write_expected(list(noncentral = cbind(cases, lower = lower), designs = lapply(designs, of_design), t_test = t_test), "power.json")
