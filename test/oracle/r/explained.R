# The parts of the share of variance between clusters that earlier means explain: Fisher's interval of r by cor.test, the
# interval of the reliability of a mean by psych's ICC1k (balanced clusters), put together by MOVER-R.
suppressMessages(library(psych))
source("write.R")

mover_r <- function(t1, l1, u1, t2, l2, u2) c(
  low = (t1 * t2 - sqrt((t1 * t2)^2 - l1 * u2 * (2 * t1 - l1) * (2 * t2 - u2))) / (u2 * (2 * t2 - u2)),
  high = (t1 * t2 + sqrt((t1 * t2)^2 - u1 * l2 * (2 * t1 - u1) * (2 * t2 - l2))) / (l2 * (2 * t2 - l2)))

study <- function(clusters, size, slope) {
  before <- round(rnorm(clusters), 3)
  level <- slope * before + rnorm(clusters)
  after <- round(matrix(level + rnorm(clusters * size, sd = 2), clusters), 3)
  means <- rowMeans(after)
  r <- cor.test(before, means, conf.level = 0.8)
  ends <- unname(r$conf.int[1:2])^2
  icc <- ICC(after, alpha = 0.2, lmer = FALSE)$results["Average_raters_absolute", ]
  square <- unname(r$estimate)^2
  interval <- mover_r(square, if (prod(r$conf.int) < 0) 0 else min(ends), max(ends), icc$ICC, icc$`lower bound`, icc$`upper bound`)
  within <- sum((after - means)^2) / (clusters * (size - 1))
  adjusted <- summary(lm(means ~ before))$adj.r.squared
  list(correlation = unname(r$estimate), clusters = clusters, variance = var(means), sampling = within / size,
       sampling_df = clusters * (size - 1), reliability = icc$ICC, estimate = adjusted / icc$ICC,
       low = unname(interval["low"]), high = unname(interval["high"]))
}

set.seed(16)
write_expected(list(studies = list(study(40, 8, 1.2), study(25, 5, 2), study(60, 12, -0.7), study(30, 20, 0.2))), "explained.json")
