# Lee (2009) bounds with the standard errors of Stata's leebounds (Tauchmann 2014, version 1.5: trimming in parts at the
# threshold, thresholds held exactly), and the interval of Imbens & Manski (2004) that it reports, with a t distribution on
# Welch's degrees of freedom in place of the normal.
source("write.R")

# Quantile as Stata's _pctile: halfway between two values where a whole number of them lies below.
pctile <- function(y, share) {
  y <- sort(y); p <- share * length(y)
  if (abs(p - round(p)) < 1e-9) mean(y[round(p) + 0:1]) else y[floor(p) + 1]
}

upper <- function(y, share) {
  threshold <- pctile(y, share)
  tied <- sum(y == threshold)
  if (tied == 0) {
    kept <- y[y >= threshold]
    return(list(mean = mean(kept), variance = var(kept) / length(kept), threshold = threshold, kept = length(kept)))
  }
  above <- y[y > threshold]
  part <- (length(y) * (1 - share) - length(above)) / tied
  mass <- length(above) + part * tied
  mean <- (sum(above) + part * tied * threshold) / mass
  list(mean = mean, variance = ((sum(above^2) + part * tied * threshold^2) / mass - mean^2) / mass, threshold = threshold, kept = mass)
}

variance <- function(trimmed, share, more, less) {
  odds <- function(arm) mean(is.na(arm)) / mean(!is.na(arm)) / length(arm)
  control <- less[!is.na(less)]
  distance <- (trimmed$threshold - trimmed$mean)^2
  trimmed$variance + distance * share / ((1 - share) * sum(!is.na(more))) +
    distance / (1 - share)^2 * (1 - share)^2 * (odds(more) + odds(less)) + var(control) / length(control)
}

one_sided <- function(more, less) {
  share <- 1 - mean(!is.na(less)) / mean(!is.na(more))
  y <- more[!is.na(more)]
  high <- upper(y, share)
  low <- upper(-y, share)
  list(trimmed = share, low = -low$mean - mean(less, na.rm = TRUE), high = high$mean - mean(less, na.rm = TRUE),
       low_se = sqrt(variance(low, share, -more, less)), high_se = sqrt(variance(high, share, more, less)))
}

bounds <- function(treated, control) {
  difference <- mean(!is.na(treated)) - mean(!is.na(control))
  if (abs(difference) < 1e-12) {
    test <- t.test(treated, control)
    answer <- list(trimmed = 0, low = unname(-diff(test$estimate)), high = unname(-diff(test$estimate)), low_se = test$stderr, high_se = test$stderr)
  } else if (difference > 0) answer <- one_sided(treated, control) else {
    turned <- one_sided(control, treated)
    answer <- list(trimmed = turned$trimmed, low = -turned$high, high = -turned$low, low_se = turned$high_se, high_se = turned$low_se)
  }
  width <- (answer$high - answer$low) / max(answer$low_se, answer$high_se)
  df <- unname(t.test(treated, control)$parameter)
  c <- uniroot(function(c) pt(c + width, df) - pt(-c, df) - 0.95, c(0, 20), tol = 1e-15)$root
  c(answer, list(df = df, interval_low = answer$low - c * answer$low_se, interval_high = answer$high + c * answer$high_se))
}

rows <- read.csv("../input/lost.csv")
sets <- lapply(split(rows, rows$set), function(set) bounds(set$y[set$arm == "treated"], set$y[set$arm == "control"]))

of_survey <- function(name, wave) {
  rows <- read.csv(file.path("../input", name))
  leaders <- unique(rows[, c("leader", "arm")])
  means <- tapply(rows$y[rows$wave == wave], rows$leader[rows$wave == wave], mean)
  leaders$y <- as.numeric(means[leaders$leader])
  arms <- setdiff(unique(leaders$arm), "control")
  answers <- lapply(arms, function(arm) bounds(leaders$y[leaders$arm == arm], leaders$y[leaders$arm == "control"]))
  setNames(answers, arms)
}
surveys <- c(three = "left-three.csv", two = "left-two.csv", binary = "left-binary.csv")
write_expected(list(sets = sets, after = lapply(surveys, of_survey, "after"), later = lapply(surveys, of_survey, "later")), "lee.json")
