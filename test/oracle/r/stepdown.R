# Romano and Wolf's stepdown by hand: every hypothesis' t* under its own null, from the same signs per leader.
source("write.R")
source("wild-statistics.R")
suppressMessages(library(clubSandwich))

stepdown <- function(observed, drawn) {
  order <- order(-abs(observed))
  initial <- sapply(seq_along(order), function(s) {
    rest <- order[s:length(order)]
    largest <- apply(abs(drawn[, rest, drop = FALSE]), 1, max)
    (1 + sum(largest >= abs(observed[order[s]]) * (1 - 1e-9))) / (1 + nrow(drawn))
  })
  adjusted <- numeric(length(order))
  adjusted[order] <- cummax(initial)
  adjusted
}

set.seed(13)
write_expected(list(sets = lapply(sets, function(set) {
  rows <- rows_of(set)
  weights <- weights_of(rows, 200, signs)
  hypotheses <- expand.grid(arm = set$arms[-1], outcome = c("y", "y2", "y3"), stringsAsFactors = FALSE)
  each <- function(f) mapply(f, hypotheses$outcome, paste0("arm", hypotheses$arm), USE.NAMES = FALSE)
  stepped <- function(type) {
    observed <- each(function(outcome, effect) observed_statistic(formula_of(set, outcome), rows, effect, 0, type))
    drawn <- each(function(outcome, effect) wild_statistics(formula_of(set, outcome), rows, effect, 0, weights, type))
    list(observed = observed, adjusted = stepdown(observed, drawn), first_draws = t(drawn[1:10, , drop = FALSE]))
  }
  list(name = set$name, leaders = sort(unique(rows$leader)), weights = (weights > 0) * 1, hypotheses = hypotheses,
       CR0 = stepped("CR0"), CR2 = stepped("CR2"))
})), "stepdown.json")
