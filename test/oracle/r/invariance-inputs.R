# Made-up answers of groups to the items of one scale, for measurement invariance; written to ../input.
write <- function(rows, name) write.csv(rows, file.path("../input", name), row.names = FALSE, quote = FALSE, na = "")

# `loadings` and `intercepts` have one row per group, or one for all; answers are whole numbers from 1 to 7.
answers <- function(seed, sizes, loadings, intercepts, level, spread, noise, second = 0) {
  set.seed(seed)
  of_group <- function(values, g) if (is.matrix(values)) values[g, ] else values
  do.call(rbind, lapply(seq_along(sizes), function(g) {
    n <- sizes[g]
    trait <- level[g] + spread[g] * rnorm(n)
    other <- rnorm(n)
    l <- of_group(loadings, g)
    given <- sapply(seq_along(l), function(i) {
      of_group(intercepts, g)[i] + l[i] * trait + second * other * (i > length(l) / 2) + noise * rnorm(n)
    })
    given <- pmin(pmax(round(given), 1), 7)
    data.frame(group = paste0("g", g), setNames(as.data.frame(given), paste0("i", seq_along(l))))
  }))
}

write(answers(11, c(260, 140), c(1, 0.8, 1.1, 0.7), c(4, 4.2, 3.8, 4.1), c(0, 0.4), c(1, 1.2), 0.8), "cfa-two.csv")
write(answers(12, c(150, 90, 310, 45), c(0.9, 1, 0.7, 0.8, 1.1), rbind(rep(4, 5), c(4, 4, 4, 4, 4.5), rep(4, 5), rep(4, 5)),
              c(0, 0.2, -0.3, 0.5), c(1, 0.9, 1.1, 1), 0.9), "cfa-four.csv")
write(answers(13, c(120, 200, 80), c(0.9, -0.8, 1, 0.7), c(4, 3.5, 4, 4.4), c(0, -0.2, 0.3), c(1, 1, 0.8), 0.8), "cfa-turned.csv")
write(answers(14, c(180, 220), rbind(c(1, 0.9, 0.8, 0.7, 0.9, 0.8), c(0.6, 1.1, 0.8, 1, 0.5, 0.8)), rbind(rep(4, 6), c(4, 4.8, 4, 3.5, 4, 4)),
              c(0, 0.3), c(1, 1), 0.7, 0.7), "cfa-misfit.csv")
write(answers(15, c(100, 130), c(1, 0.7, 0.9), c(4, 4, 4), c(0, 0.3), c(1, 1), 0.8), "cfa-three.csv")
# An item that is almost the trait itself, in few answers: its residual variance comes out negative.
write(answers(30, c(60, 45), c(1.6, 0.5, 0.4, 0.5), c(4, 4, 4, 4), c(0, 0.2), c(1, 1), 0.5), "cfa-heywood.csv")
