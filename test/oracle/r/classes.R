# Leaders trained in classes: clusters of classes in the trained arms, each control leader alone (clubSandwich); and where
# units were given to arms whole, clusters that hold both classes and units whole.
suppressMessages(library(clubSandwich))
source("write.R")

after_rows <- function(name, arms, wave) {
  rows <- read.csv(file.path("../input", name), colClasses = c(leader = "character", block = "character"))
  rows$arm <- factor(rows$arm, levels = arms)
  before <- rows[rows$wave == "before", ]
  means <- tapply(before$y, before$leader, mean)
  after <- rows[rows$wave == wave, ]
  after$baseline <- as.numeric(means[after$leader])
  after$missing <- as.numeric(is.na(after$baseline))
  after$baseline[is.na(after$baseline)] <- mean(means[unique(after$leader)], na.rm = TRUE)
  after$place <- match(after$leader, unique(rows$leader)) - 1
  after
}
robust <- function(fit, cluster) {
  effects <- c("arma", "armb")
  v <- vcovCR(fit, cluster = cluster, type = "CR2")
  t <- coef_test(fit, vcov = v, test = "Satterthwaite")
  at <- match(effects, rownames(t))
  f <- Wald_test(fit, constraints = constrain_zero(effects, coef(fit)), vcov = v, test = "HTZ")
  list(estimate = t$beta[at], se = t$SE[at], df = t$df_Satt[at], f = f$Fstat, df2 = f$df_denom,
    clusters = length(unique(cluster)))
}

own <- after_rows("classes.csv", c("control", "a", "b"), "later")
by_class <- ifelse(own$arm == "control" | own$class == "", own$leader, own$class)
leaders <- robust(lm(y ~ arm + baseline + missing, own), by_class)

# Leaders of an arm who stand twenty places apart in the roster share a class.
units <- after_rows("units.csv", c("control", "a", "b"), "after")
units$class <- ifelse(units$arm == "control", "", paste(units$arm, units$place %% 20))
whole <- units$unit
repeat {
  before <- whole
  for (one in setdiff(unique(units$class), "")) {
    those <- whole %in% whole[units$class == one]
    whole[those] <- min(whole[those])
  }
  if (identical(before, whole)) break
}
write_expected(list(leaders = leaders, units = robust(lm(y ~ arm + baseline + missing + block, units), whole)), "classes.json")
