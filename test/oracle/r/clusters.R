# Clusters of a cluster-randomised trial: ICC(1) with its interval and sizes. psych::ICC where clusters are of one size,
# multilevel::ICC1 and the F interval with the mean size elsewhere.
suppressMessages({ library(psych); library(multilevel) })
source("write.R")

of_clusters <- function(y, cluster) {
  variance <- aov(y ~ factor(cluster))
  table <- summary(variance)[[1]]
  sizes <- as.numeric(table(cluster))
  f <- table[1, 4] / qf(c(.975, .025), table[1, 1], table[2, 1])
  bounds <- (f - 1) / (f + mean(sizes) - 1)
  list(icc = ICC1(variance), low = bounds[1], high = bounds[2], mean = mean(sizes), cv = sd(sizes) / mean(sizes))
}
rows <- read.csv("../input/units.csv")
after <- rows[rows$wave == "after", ]
a <- after[after$arm == "a", ]

# The first four answers about each leader who has so many.
four <- do.call(rbind, lapply(split(after$y, factor(after$leader, levels = unique(after$leader))), function(y) if (length(y) >= 4) y[1:4]))
shrout <- suppressMessages(ICC(four, lmer = FALSE))$results[1, ]
write_expected(list(
  leader = of_clusters(after$y, after$leader), unit = of_clusters(after$y, after$unit),
  arm = list(leader = of_clusters(a$y, a$leader), unit = of_clusters(a$y, a$unit)),
  balanced = list(icc = shrout$ICC, low = shrout[["lower bound"]], high = shrout[["upper bound"]])
), "clusters.json")
