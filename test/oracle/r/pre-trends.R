# How arms came to differ between two waves before the training: clubSandwich, with clusters of leaders and of units.
suppressMessages(library(clubSandwich))
source("write.R")

trend <- function(name, arms, waves, cluster) {
  rows <- read.csv(file.path("../input", name), colClasses = c(leader = "character", block = "character"))
  rows <- rows[rows$wave %in% waves & rows$arm %in% arms, ]
  rows$arm <- factor(rows$arm, levels = arms)
  rows$late <- as.numeric(rows$wave == waves[2])
  fit <- lm(y ~ arm * late, rows)
  v <- vcovCR(fit, cluster = rows[[cluster]], type = "CR2")
  effects <- paste0("arm", arms[-1], ":late")
  t <- coef_test(fit, vcov = v, test = "Satterthwaite", coefs = effects)
  ci <- conf_int(fit, vcov = v, coefs = effects)
  list(estimate = t$beta, se = t$SE, df = t$df_Satt, p = t$p_Satt, low = ci$CI_L, high = ci$CI_U)
}
write_expected(list(
  before = trend("seasons.csv", c("control", "a", "b"), c("before", "summer"), "leader"),
  spring = trend("seasons.csv", c("control", "a", "b"), c("spring", "summer"), "leader"),
  units = trend("units.csv", c("control", "a", "b"), c("before", "after"), "unit")
), "pre-trends.json")
