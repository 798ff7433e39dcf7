# Whole units drawn to arms within two blocks: three to five leaders a unit, four to nine answers a leader and wave, and
# units that differ and change. Leaders come and go.
set.seed(20180702)
rows <- list()
leader <- 0
for (unit in 1:18) {
  arm <- c("control", "a", "b")[(unit - 1) %% 3 + 1]
  block <- if (unit <= 9) "east" else "west"
  of_unit <- rnorm(1, 0, 7)
  later <- rnorm(1, 0, 10)
  for (k in seq_len(sample(3:5, 1))) {
    leader <- leader + 1
    of_leader <- rnorm(1, 0, 6)
    waves <- if (leader %% 11 == 0) "after" else if (leader %% 6 == 2) "before" else c("before", "after")
    for (wave in waves) for (i in seq_len(sample(4:9, 1))) {
      x1 <- round(runif(1, 0, 30))
      effect <- if (wave == "after") later + c(control = 0, a = 4, b = 1)[[arm]] else 0
      y <- 55 + of_unit + of_leader + effect + 0.2 * (x1 - 15) + rnorm(1, 0, 14)
      rows[[length(rows) + 1]] <- data.frame(unit = paste0("u", unit), leader = paste0("l", leader), arm, block, wave,
        y = round(y, 2), x1, x2 = 0, x3 = 0)
    }
  }
}
write.csv(do.call(rbind, rows), "../input/units.csv", row.names = FALSE, quote = FALSE)
