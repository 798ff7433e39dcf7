# (I - H)^(-1/2) of every leader's rows, by their eigenvectors; the Moore-Penrose inverse where leverage is one.
leverage_roots <- function(X, M, leader) lapply(split(seq_along(leader), leader), function(at) {
  H <- X[at, , drop = FALSE] %*% M %*% t(X[at, , drop = FALSE])
  eigen <- eigen(diag(length(at)) - (H + t(H)) / 2, symmetric = TRUE)
  roots <- ifelse(eigen$values < 1e-12, 0, 1 / sqrt(pmax(eigen$values, 1e-300)))
  list(at = at, root = eigen$vectors %*% (roots * t(eigen$vectors)))
})

# The wild cluster bootstrap row by row: restricted residuals times a weight per leader, refitted, t of the null with
# CR0 or CR2 of the refit.
wild_statistics <- function(formula, rows, effect, null, weights, type = "CR0") {
  X <- model.matrix(formula, rows); y <- rows[[all.vars(formula)[1]]]
  leaders <- sort(unique(rows$leader))
  M <- solve(crossprod(X)); at <- match(effect, colnames(X))
  ols <- as.numeric(M %*% crossprod(X, y))
  restricted <- ols - M[, at] * (ols[at] - null) / M[at, at]
  u <- y - as.numeric(X %*% restricted)
  roots <- if (type == "CR2") leverage_roots(X, M, rows$leader)
  apply(weights, 1, function(weight) {
    star <- as.numeric(X %*% restricted) + u * weight[match(rows$leader, leaders)]
    beta <- as.numeric(M %*% crossprod(X, star))
    left <- star - as.numeric(X %*% beta)
    for (one in roots) left[one$at] <- one$root %*% left[one$at]
    score <- rowsum(X * left, rows$leader)
    V <- M %*% crossprod(score) %*% M
    (beta[at] - null) / sqrt(V[at, at])
  })
}

observed_statistic <- function(formula, rows, effect, null = 0, type = "CR0") {
  fit <- lm(formula, data = rows)
  V <- vcovCR(fit, cluster = rows$leader, type = type)
  unname((coef(fit)[effect] - null) / sqrt(V[effect, effect]))
}

after_rows <- function(name, arms, wave) {
  rows <- read.csv(file.path("../input", name))
  rows$arm <- factor(rows$arm, levels = arms)
  # Further outcomes of the same leaders: one akin to y, one that has nothing to do with anything.
  rows$y2 <- rows$y / 2 + 10 * rows$x1
  rows$y3 <- ((seq_len(nrow(rows)) - 1) * 37) %% 101
  for (outcome in c("y", "y2", "y3")) {
    before <- rows$wave == "before"
    means <- tapply(rows[[outcome]][before], rows$leader[before], mean)
    rows[[paste0("baseline_", outcome)]] <- as.numeric(means[rows$leader])
  }
  rows <- rows[rows$wave == wave & !is.na(rows$x2), ]
  rows$missing <- as.numeric(is.na(rows$baseline_y))
  for (outcome in c("y", "y2", "y3")) {
    column <- paste0("baseline_", outcome)
    rows[[column]][is.na(rows[[column]])] <- 0
  }
  rows
}

sets <- list(
  list(name = "forty", arms = c("control", "a", "b", "c"), wave = "after", terms = "missing + x1 + x2 + arm", null = 7),
  list(name = "eight", arms = c("control", "a"), wave = "after", terms = "x1 + x2 + arm", null = -5),
  list(name = "pairs", arms = c("control", "a"), wave = "later", terms = "missing + block + x1 + x2 + arm", null = 0.1)
)
formula_of <- function(set, outcome) as.formula(sprintf("%s ~ baseline_%s + %s", outcome, outcome, set$terms))
rows_of <- function(set) after_rows(paste0(set$name, ".csv"), set$arms, set$wave)

signs <- c(-1, 1)
webb <- c(-sqrt(1.5), -1, -sqrt(0.5), sqrt(0.5), 1, sqrt(1.5))
weights_of <- function(rows, draws, points) {
  G <- length(unique(rows$leader))
  matrix(sample(points, draws * G, TRUE), draws, G)
}
