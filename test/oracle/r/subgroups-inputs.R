# Units drawn to arms; a gender and a tenure of every employee (some unknown), a place of every leader, effects that differ
# with each.
set.seed(20180709)
rows <- list()
leader <- 0
for (unit in 1:24) {
  arm <- c("control", "a", "b")[(unit - 1) %% 3 + 1]
  block <- if (unit <= 12) "east" else "west"
  of_unit <- rnorm(1, 0, 5)
  for (k in seq_len(sample(2:4, 1))) {
    leader <- leader + 1
    place <- c("town", "country", "coast")[(leader + unit %/% 3) %% 3 + 1]
    of_leader <- rnorm(1, 0, 5)
    waves <- if (leader %% 13 == 0) "after" else c("before", "after")
    for (wave in waves) for (i in seq_len(sample(4:9, 1))) {
      gender <- rbinom(1, 1, 0.4)
      tenure <- round(runif(1, 0, 30))
      effect <- if (wave == "after") c(control = 0, a = 3 + 4 * gender, b = 2 + 0.3 * (tenure - 15))[[arm]] else 0
      if (wave == "after" && place == "coast" && arm == "a") effect <- effect + 5
      y <- 55 + of_unit + of_leader + effect + 2 * gender - 0.1 * tenure + rnorm(1, 0, 12)
      rows[[length(rows) + 1]] <- data.frame(unit = paste0("u", unit), leader = paste0("l", leader), arm, block, wave,
        y = round(y, 2), gender = if (runif(1) < 0.03) NA else gender, tenure, place)
    }
  }
}
write.csv(do.call(rbind, rows), "../input/subgroups.csv", row.names = FALSE, quote = FALSE, na = "")
