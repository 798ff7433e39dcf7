# Arms re-drawn within blocks, each labelling fitted on its own: estimates and CR0 t of every arm.
suppressMessages(library(clubSandwich))
source("write.R")

read_rows <- function(set) {
  rows <- read.csv(file.path("../input", paste0(set$name, ".csv")))
  means <- tapply(rows$y[rows$wave == "before"], rows$leader[rows$wave == "before"], mean)
  rows$baseline <- as.numeric(means[rows$leader])
  rows$missing <- as.numeric(is.na(rows$baseline))
  rows$baseline[is.na(rows$baseline)] <- 0
  rows$post <- as.numeric(rows$wave == set$wave)
  waves <- if (set$model == "ancova") set$wave else c("before", set$wave)
  rows <- rows[rows$wave %in% waves & !is.na(rows$x2), ]
  if (set$blocks == "uneven") rows$block <- as.character(cut(as.integer(substring(rows$leader, 2)), c(0, 17, 22, 30, 40)))
  if (set$blocks == "none") rows$block <- "all"
  rows
}

# The columns that stay put, by model.
fixed <- list(
  ancova = y ~ baseline + missing + x1 + x2,
  blocked = y ~ baseline + missing + block + x1 + x2,
  difference = y ~ post + x1 + x2,
  within = y ~ leader + post + x1 + x2
)

answers <- function(set) {
  rows <- read_rows(set)
  leaders <- unique(rows[, c("leader", "arm", "block")])
  fitted <- function(arm) {
    own <- arm[match(rows$leader, leaders$leader)]
    indicators <- sapply(set$arms[-1], function(one) as.numeric(own == one))
    columns <- switch(set$model, ancova = indicators, difference = cbind(indicators, indicators * rows$post),
                      within = indicators * rows$post)
    effects <- paste0("e", seq_len(ncol(columns)))
    colnames(columns) <- effects
    effects <- tail(effects, length(set$arms) - 1)
    formula <- fixed[[if (set$model == "ancova" && set$blocks != "none") "blocked" else set$model]]
    data <- cbind(rows, columns)
    fit <- lm(update(formula, paste("~ . +", paste(colnames(columns), collapse = " + "))), data = data)
    V <- vcovCR(fit, cluster = data$leader, type = "CR0")
    list(arm = arm, estimate = unname(coef(fit)[effects]), t = unname(coef(fit)[effects] / sqrt(diag(V)[effects])))
  }
  redrawn <- lapply(1:10, function(draw) ave(leaders$arm, leaders$block, FUN = function(arm) sample(arm)))
  c(set, list(leaders = leaders$leader, labellings = lapply(c(list(leaders$arm), redrawn), fitted)))
}

four <- c("control", "a", "b", "c")
two <- c("control", "a")
set.seed(11)
write_expected(list(sets = lapply(list(
  list(name = "forty", arms = four, wave = "after", model = "ancova", blocks = "given"),
  list(name = "forty", arms = four, wave = "after", model = "ancova", blocks = "uneven"),
  list(name = "eight", arms = two, wave = "after", model = "ancova", blocks = "none"),
  list(name = "pairs", arms = two, wave = "later", model = "ancova", blocks = "given"),
  list(name = "forty", arms = four, wave = "after", model = "difference", blocks = "uneven"),
  list(name = "eight", arms = two, wave = "after", model = "difference", blocks = "none"),
  list(name = "pairs", arms = two, wave = "later", model = "difference", blocks = "given"),
  list(name = "forty", arms = four, wave = "after", model = "within", blocks = "given")
), answers)), "randomisation.json")
