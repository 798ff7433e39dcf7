# The wild cluster bootstrap row by row: restricted residuals times a sign per leader, refitted, CR0 t of the null.
source("write.R")
suppressMessages(library(clubSandwich))

statistics <- function(formula, rows, effect, null, signs) {
  X <- model.matrix(formula, rows); y <- rows$y
  leaders <- sort(unique(rows$leader))
  M <- solve(crossprod(X)); at <- match(effect, colnames(X))
  ols <- as.numeric(M %*% crossprod(X, y))
  restricted <- ols - M[, at] * (ols[at] - null) / M[at, at]
  u <- y - as.numeric(X %*% restricted)
  apply(signs, 1, function(sign) {
    star <- as.numeric(X %*% restricted) + u * sign[match(rows$leader, leaders)]
    beta <- as.numeric(M %*% crossprod(X, star))
    score <- rowsum(X * (star - as.numeric(X %*% beta)), rows$leader)
    V <- M %*% crossprod(score) %*% M
    (beta[at] - null) / sqrt(V[at, at])
  })
}

after_rows <- function(name, arms, wave) {
  rows <- read.csv(file.path("../input", name))
  rows$arm <- factor(rows$arm, levels = arms)
  means <- tapply(rows$y[rows$wave == "before"], rows$leader[rows$wave == "before"], mean)
  rows <- rows[rows$wave == wave & !is.na(rows$x2), ]
  rows$baseline <- as.numeric(means[rows$leader])
  rows$missing <- as.numeric(is.na(rows$baseline))
  rows$baseline[is.na(rows$baseline)] <- 0
  rows
}

forty <- after_rows("forty.csv", c("control", "a", "b", "c"), "after")
eight <- after_rows("eight.csv", c("control", "a"), "after")
signs_of <- function(rows, draws) {
  G <- length(unique(rows$leader))
  matrix(sample(c(-1, 1), draws * G, TRUE), draws, G)
}
set.seed(9)
forty_signs <- signs_of(forty, 20)
eight_every <- as.matrix(expand.grid(rep(list(c(1, -1)), 8)))
f <- y ~ baseline + missing + x1 + x2 + arm
e <- y ~ baseline + x1 + x2 + arm
observed <- function(formula, rows, effect, null = 0) {
  fit <- lm(formula, data = rows)
  V <- vcovCR(fit, cluster = rows$leader, type = "CR0")
  unname((coef(fit)[effect] - null) / sqrt(V[effect, effect]))
}
share <- function(null) mean(abs(statistics(e, eight, "arma", null, eight_every)) >= abs(observed(e, eight, "arma", null)) * (1 - 1e-9))
write_expected(list(
  leaders = sort(unique(forty$leader)),
  signs = forty_signs,
  zero = statistics(f, forty, "armb", 0, forty_signs),
  seven = statistics(f, forty, "armb", 7, forty_signs),
  eight = list(p = share(0), shares = data.frame(null = c(-20, -5, 5, 12, 20), p = sapply(c(-20, -5, 5, 12, 20), share)))
), "wild.json")
