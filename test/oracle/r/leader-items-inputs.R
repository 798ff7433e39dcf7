# Made-up answers of employees to the items of one scale, some of them missing, the employees of a leader alike; for
# measurement invariance with missing answers and with leaders as clusters. Written to ../input.
write <- function(rows, name) write.csv(rows, file.path("../input", name), row.names = FALSE, quote = FALSE, na = "")

# Answers are whole numbers from 1 to 7. `shared` is the leader's part of the trait, `own` of each item's residual.
# `nested`: each group has leaders of its own; otherwise the same leaders answer for in every group.
answers <- function(seed, leaders, sizes, loadings, intercepts, level, shared, own, missing, nested = TRUE) {
  set.seed(seed)
  items <- length(loadings)
  of_leader <- function(count) list(trait = shared * rnorm(count), item = matrix(own * rnorm(count * items), count))
  common <- of_leader(max(leaders))
  do.call(rbind, lapply(seq_along(leaders), function(g) {
    effect <- if (nested) of_leader(leaders[g]) else common
    who <- rep(seq_len(leaders[g]), sample(sizes, leaders[g], replace = TRUE))
    trait <- level[g] + effect$trait[who] + rnorm(length(who))
    given <- sapply(seq_len(items), function(i) {
      intercepts[[g]][i] + loadings[i] * trait + effect$item[who, i] + 0.8 * rnorm(length(who))
    })
    given <- pmin(pmax(round(given), 1), 7)
    # Who answers low on the first item skips the others more often: missing at random, not completely so.
    if (missing > 0) {
      skipped <- matrix(runif(length(given)), nrow(given)) < missing * ifelse(given[, 1] < 4, 1.6, 0.7)
      skipped[, 1] <- runif(nrow(given)) < missing / 4
      given[skipped] <- NA
      given[sample(nrow(given), 3), ] <- NA
    }
    leader <- paste0("L", if (nested) 100 * g + who else who)
    data.frame(group = paste0("g", g), leader = leader, setNames(as.data.frame(given), paste0("i", seq_len(items))))
  }))
}

even <- function(groups, items) rep(list(rep(4, items)), groups)
write(answers(41, c(40, 30), 3:9, c(1, 0.8, 1.1, 0.7), even(2, 4), c(0, 0.3), 0.6, 0.5, 0), "leaders-whole.csv")
write(answers(42, c(45, 35), 3:9, c(1, 0.8, 1.1, 0.7), even(2, 4), c(0, 0.3), 0.5, 0.5, 0.12), "leaders-gaps.csv")
write(answers(43, c(30, 25, 50), 2:8, c(0.9, 1, 0.7, 0.8, 1.1), list(rep(4, 5), c(4, 4, 4.4, 4, 4), rep(4, 5)), c(0, 0.2, -0.2),
              0.5, 0.4, 0.3), "leaders-sparse.csv")
write(answers(44, c(40, 40), 3:9, c(1, 0.8, 0.9), list(rep(4, 3), c(4, 4.3, 4)), c(0, 0.3), 0.6, 0.5, 0.1, FALSE), "leaders-again.csv")
