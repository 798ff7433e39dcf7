# Made-up ordinal answers to the items of one scale; written to ../input.
write <- function(rows, name) write.csv(rows, file.path("../input", name), row.names = FALSE, quote = FALSE, na = "")

# One normal factor behind normal items that are cut at `cuts`; from 1 on.
answers <- function(seed, n, loadings, cuts, missing = 0) {
  set.seed(seed)
  trait <- rnorm(n)
  given <- sapply(seq_along(loadings), function(i) {
    own <- if (is.list(cuts)) cuts[[i]] else cuts
    1 + findInterval(loadings[i] * trait + sqrt(1 - loadings[i]^2) * rnorm(n), own)
  })
  given[matrix(runif(length(given)) < missing, n)] <- NA
  data.frame(leader = "L1", setNames(as.data.frame(given), paste0("i", seq_along(loadings))))
}

five <- c(-1.8, -1, -0.2, 0.9)
write(answers(51, 400, c(0.7, 0.8, 0.6, 0.75), five, 0.08), "ordinal-five.csv")
# Skewed to the top, in seven categories, few respondents.
write(answers(52, 60, c(0.8, 0.6, 0.7), c(-2.2, -1.9, -1.4, -1, -0.6, 0.1)), "ordinal-seven.csv")
# Two answers: tetrachoric correlations.
write(answers(53, 250, c(0.7, 0.5, 0.8, 0.6), 0.3, 0.05), "ordinal-two.csv")
# The second item never gets the highest answer, the third never the middle one.
write(answers(54, 120, c(0.7, 0.8, 0.6, 0.7), list(five, c(-1.5, -0.3, 0.6), c(-1, -0.2, -0.2, 0.8), five), 0.05), "ordinal-unused.csv")
# Correlations of pairs that no normal variables have together: the three pairs are answered by different respondents.
apart <- rbind(cbind(answers(55, 150, c(0.9, 0.9), five)[, 2:3], i3 = NA), cbind(answers(56, 150, c(0.9, 0.9), five)[, 2:3], i3 = NA)[, c(1, 3, 2)] |> setNames(c("i1", "i2", "i3")))
third <- answers(57, 150, c(0.9, -0.9), five)[, 2:3]
apart <- rbind(apart, data.frame(i1 = NA, i2 = third$i1, i3 = third$i2))
write(data.frame(leader = "L1", apart), "ordinal-apart.csv")
