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
  agreement <- if (ncol(answers) > 1) rwg.j(answers, rows$leader, ranvar = (5^2 - 1) / 12)$rwg.j
               else rwg(answers[, 1], rows$leader, ranvar = (5^2 - 1) / 12)$rwg
  list(n = length(score), mean = mean(score), sd = sd(score),
       alpha = if (ncol(answers) > 1) suppressWarnings(suppressMessages(alpha(answers, warnings = FALSE)$total$raw_alpha)) else NA,
       omega = if (ncol(answers) > 1) suppressWarnings(omega_total(answers)) else NA,
       icc1 = ICC1(variance), icc2 = ICC2(variance), f = table[1, 4], p = table[1, 5],
       rwg = mean(agreement, na.rm = TRUE), rwg_leaders = sum(!is.na(agreement)))
}

names <- c("items-complete", "items-missing", "items-turned", "items-two", "items-one")
write_expected(setNames(lapply(paste0(names, ".csv"), of_items), names), "measurement.json")
