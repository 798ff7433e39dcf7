# Mean change of two outcomes, each arm on its own: least squares on the wave, CR1 by leader, Hotelling's radius.
suppressMessages(library(clubSandwich))
source("write.R")
rows <- read.csv("../input/forty.csv")

of_arm <- function(arm) {
  own <- rows[rows$arm == arm, ]
  own$post <- as.numeric(own$wave == "after")
  one <- own[!is.na(own$x2), ]
  # Both changes in one regression of stacked rows, so that one sandwich holds their covariance.
  stacked <- rbind(data.frame(leader = own$leader, value = own$y, x = 1, post = own$post),
                   data.frame(leader = one$leader, value = one$x2, x = 0, post = one$post))
  fit <- lm(value ~ 0 + x + I(1 - x) + I(x * post) + I((1 - x) * post), data = stacked)
  V <- as.matrix(vcovCR(fit, cluster = stacked$leader, type = "CR1"))[3:4, 3:4]
  G <- length(unique(stacked$leader))
  b <- unname(coef(fit))
  list(arm = arm, leaders = G, x = list(before = b[1], after = b[1] + b[3]), y = list(before = b[2], after = b[2] + b[4]),
       xx = V[1, 1], xy = V[1, 2], yy = V[2, 2], radius_squared = 2 * (G - 1) / (G - 2) * qf(0.95, 2, G - 2))
}
write_expected(list(arrows = lapply(c("control", "a", "b", "c"), of_arm)), "ellipse.json")
