# Reliability as psych, agreement as multilevel.
suppressMessages({ library(psych); library(multilevel) })
source("write.R")

# psych::omega with one factor, without its rotations: its loadings come from fa, its total from the uniquenesses.
omega_total <- function(answers) {
  R <- cor(answers, use = "pairwise")
  one <- fa(R, nfactors = 1, fm = "minres", rotate = "none", n.obs = nrow(answers))
  sign <- ifelse(one$loadings[, 1] < 0, -1, 1)
  1 - sum(one$uniquenesses) / sum(R * outer(sign, sign))
}

of_items <- function(name) {
  rows <- read.csv(file.path("../input", name))
  answers <- rows[, -1, drop = FALSE]
  enough <- rowSums(!is.na(answers)) >= 0.5 * ncol(answers)
  rows <- rows[enough, ]; answers <- answers[enough, , drop = FALSE]
  score <- rowMeans(answers, na.rm = TRUE)
  variance <- aov(score ~ factor(rows$leader))
  table <- summary(variance)[[1]]
  agreement <- function(ranvar) if (ncol(answers) > 1) rwg.j(answers, rows$leader, ranvar = ranvar)$rwg.j
                                else rwg(answers[, 1], rows$leader, ranvar = ranvar)$rwg
  uniform <- agreement((5^2 - 1) / 12)
  # rwg does not truncate; a variance above the null counts as the null, as in rwg.j.
  skewed <- pmax(agreement(1.34), 0)
  reliability <- if (ncol(answers) > 1) suppressWarnings(suppressMessages(alpha(answers, warnings = FALSE))) else NULL
  list(n = length(score), mean = mean(score), sd = sd(score),
       alpha = if (is.null(reliability)) NA else reliability$total$raw_alpha,
       alpha_low = if (is.null(reliability)) NA else reliability$feldt$lower.ci[[1]],
       alpha_high = if (is.null(reliability)) NA else reliability$feldt$upper.ci[[1]],
       omega = if (ncol(answers) > 1) suppressWarnings(omega_total(answers)) else NA,
       icc1 = ICC1(variance), icc2 = ICC2(variance), f = table[1, 4], df1 = table[1, 1], df2 = table[2, 1], p = table[1, 5],
       rwg = mean(uniform, na.rm = TRUE), rwg_leaders = sum(!is.na(uniform)), rwg_skewed = mean(skewed, na.rm = TRUE),
       item = names(answers), item_n = colSums(!is.na(answers)),
       item_mean = colMeans(answers, na.rm = TRUE), item_sd = sapply(answers, sd, na.rm = TRUE),
       item_rest = if (is.null(reliability)) NA else reliability$item.stats$r.drop,
       alpha_dropped = if (ncol(answers) > 2) reliability$alpha.drop$raw_alpha else NA)
}

names <- c("items-complete", "items-missing", "items-turned", "items-two", "items-one")
write_expected(setNames(lapply(paste0(names, ".csv"), of_items), names), "measurement.json")
