# Arms re-drawn within blocks, each labelling fitted on its own: estimates and CR0 t of every arm.
suppressMessages(library(clubSandwich))
source("write.R")
arms <- c("control", "a", "b", "c")
rows <- read.csv("../input/forty.csv")
means <- tapply(rows$y[rows$wave == "before"], rows$leader[rows$wave == "before"], mean)
rows <- rows[rows$wave == "after" & !is.na(rows$x2), ]
rows$baseline <- as.numeric(means[rows$leader])
rows$missing <- as.numeric(is.na(rows$baseline))
rows$baseline[is.na(rows$baseline)] <- 0
leaders <- unique(rows[, c("leader", "arm", "block")])

fitted <- function(arm) {
  rows$arm <- factor(arm[match(rows$leader, leaders$leader)], levels = arms)
  fit <- lm(y ~ baseline + missing + block + x1 + x2 + arm, data = rows)
  V <- vcovCR(fit, cluster = rows$leader, type = "CR0")
  effects <- paste0("arm", arms[-1])
  list(arm = arm, estimate = unname(coef(fit)[effects]), t = unname(coef(fit)[effects] / sqrt(diag(V)[effects])))
}

set.seed(11)
redrawn <- lapply(1:12, function(draw) ave(leaders$arm, leaders$block, FUN = function(arm) sample(arm)))
write_expected(list(leaders = leaders$leader, labellings = lapply(c(list(leaders$arm), redrawn), fitted)), "randomisation.json")
