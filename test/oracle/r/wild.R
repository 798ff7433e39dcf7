# Wild cluster bootstrap draw by draw, on signs and on Webb's six points; for eight leaders every vector of signs.
source("write.R")
source("wild-statistics.R")
suppressMessages(library(clubSandwich))

set.seed(9)
drawn <- lapply(sets, function(set) {
  rows <- rows_of(set)
  weights <- rbind(weights_of(rows, 12, signs), weights_of(rows, 12, webb))
  effect <- paste0("arm", set$arms[length(set$arms)])
  f <- formula_of(set, "y")
  list(name = set$name, leaders = sort(unique(rows$leader)), weights = weights, null = set$null,
       observed = observed_statistic(f, rows, effect),
       zero = wild_statistics(f, rows, effect, 0, weights), shifted = wild_statistics(f, rows, effect, set$null, weights))
})

eight <- rows_of(sets[[2]])
every <- as.matrix(expand.grid(rep(list(c(1, -1)), 8)))
e <- formula_of(sets[[2]], "y")
share <- function(null) {
  observed <- observed_statistic(e, eight, "arma", null)
  mean(abs(wild_statistics(e, eight, "arma", null, every)) >= abs(observed) * (1 - 1e-9))
}
nulls <- c(-20, -5, 5, 12, 20)
write_expected(list(sets = drawn, eight = list(p = share(0), shares = data.frame(null = nulls, p = sapply(nulls, share)))),
               "wild.json")
