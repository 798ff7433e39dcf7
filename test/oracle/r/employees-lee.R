# Lee (2009) bounds of employees who would answer in either arm, row by row: the mean of the top (or bottom) part of the
# arm that answers more, less the mean of the other. Standard errors by the infinitesimal jackknife: every unit's weight is
# moved a little and the whole bound, shares and threshold included, is computed anew, so that no formula of an influence
# is used. G / (G - 1) in each arm; t with the units of the smaller arm - 1; interval of Imbens & Manski (2004).
source("write.R")

rows <- read.csv("../input/units.csv")
after <- rows[rows$wave == "after", ]
leaders <- unique(rows[c("leader", "unit", "arm")])
# Headcounts that the test knows too.
leaders$employees <- 10 + (seq_len(nrow(leaders)) - 1) %% 3

# One row per employee, NA for those who did not answer.
employees_of <- function(score) do.call(rbind, lapply(seq_len(nrow(leaders)), function(g) {
  y <- score(after$y[after$leader == leaders$leader[g]])
  data.frame(leaders[rep(g, leaders$employees[g]), c("leader", "unit", "arm")], y = c(y, rep(NA, leaders$employees[g] - length(y))))
}))

# Mean of the largest scores that weigh `mass` together; the last goes in part.
top <- function(y, w, mass) {
  order <- order(y, decreasing = TRUE)
  y <- y[order]; w <- w[order]
  w <- pmax(0, pmin(w, mass - (cumsum(w) - w)))
  sum(w * y) / sum(w)
}
ends <- function(people, arm, w) {
  part <- function(own) { at <- people$arm == own; a <- !is.na(people$y[at]); list(y = people$y[at][a], w = w[at][a], share = sum(w[at][a]) / sum(w[at])) }
  treated <- part(arm); control <- part("control")
  mean_of <- function(p) sum(p$w * p$y) / sum(p$w)
  kept <- function(more, less, sign) sign * top(sign * more$y, more$w, sum(more$w) * less$share / more$share)
  if (treated$share > control$share) c(low = kept(treated, control, -1), high = kept(treated, control, 1)) - mean_of(control)
  else mean_of(treated) - c(low = kept(control, treated, 1), high = kept(control, treated, -1))
}

bounds <- function(people, arm, cluster) {
  people <- people[people$arm %in% c(arm, "control"), ]
  clusters <- people[[cluster]]
  own <- unique(data.frame(cluster = clusters, arm = people$arm))
  count <- table(own$arm)
  moved <- function(g, h) ends(people, arm, 1 + h * (clusters == own$cluster[g]))
  slope <- function(g, h) (moved(g, h) - moved(g, -h)) / (2 * h)
  influence <- sapply(seq_len(nrow(own)), function(g) (4 * slope(g, 1e-4) - slope(g, 2e-4)) / 3)
  se <- sqrt(as.numeric(influence^2 %*% as.numeric((count / (count - 1))[own$arm])))
  found <- ends(people, arm, rep(1, nrow(people)))
  df <- min(count) - 1
  width <- (found[["high"]] - found[["low"]]) / max(se)
  c <- uniroot(function(c) pt(c + width, df) - pt(-c, df) - 0.95, c(0, 40), tol = 1e-15)$root
  list(low = found[["low"]], high = found[["high"]], low_se = se[1], high_se = se[2], df = df,
       interval_low = found[["low"]] - c * se[1], interval_high = found[["high"]] + c * se[2])
}

arms <- c(a = "a", b = "b")
scores <- list(fine = identity, steps = function(y) 5 * floor(y / 5))
write_expected(lapply(scores, function(score) {
  people <- employees_of(score)
  list(unit = lapply(arms, function(arm) bounds(people, arm, "unit")), leader = lapply(arms, function(arm) bounds(people, arm, "leader")))
}), "employees-lee.json")
