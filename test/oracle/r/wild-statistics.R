# The wild cluster bootstrap row by row: restricted residuals times a weight per leader, refitted, CR0 t of the null.
wild_statistics <- function(formula, rows, effect, null, weights) {
  X <- model.matrix(formula, rows); y <- rows[[all.vars(formula)[1]]]
  leaders <- sort(unique(rows$leader))
  M <- solve(crossprod(X)); at <- match(effect, colnames(X))
  ols <- as.numeric(M %*% crossprod(X, y))
  restricted <- ols - M[, at] * (ols[at] - null) / M[at, at]
  u <- y - as.numeric(X %*% restricted)
  apply(weights, 1, function(weight) {
    star <- as.numeric(X %*% restricted) + u * weight[match(rows$leader, leaders)]
    beta <- as.numeric(M %*% crossprod(X, star))
    score <- rowsum(X * (star - as.numeric(X %*% beta)), rows$leader)
    V <- M %*% crossprod(score) %*% M
    (beta[at] - null) / sqrt(V[at, at])
  })
}

observed_statistic <- function(formula, rows, effect, null = 0) {
  fit <- lm(formula, data = rows)
  V <- vcovCR(fit, cluster = rows$leader, type = "CR0")
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
