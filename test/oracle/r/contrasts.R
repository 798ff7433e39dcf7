# Arm against arm from the ANCOVA: linear contrasts with CR2 and Satterthwaite's degrees of freedom.
suppressMessages(library(clubSandwich))
source("write.R")

after_rows <- function(name, arms, wave) {
  rows <- read.csv(file.path("../input", name), colClasses = c(leader = "character", arm = "character", block = "character"))
  rows$arm <- factor(rows$arm, levels = arms)
  before <- rows[rows$wave == "before", ]
  means <- tapply(before$y, before$leader, mean)
  after <- rows[rows$wave == wave, ]
  after$baseline <- as.numeric(means[after$leader])
  known <- means[intersect(names(means), unique(after$leader))]
  after$missing <- as.numeric(is.na(after$baseline))
  after$baseline[is.na(after$baseline)] <- mean(known)
  after
}

answers <- function(name, arms, wave, block) {
  rows <- after_rows(name, arms, wave)
  missing <- if (any(rows$missing == 1)) "+ missing" else ""
  fit <- lm(as.formula(paste("y ~ baseline", missing, block, "+ arm")), data = rows)
  effects <- paste0("arm", arms[-1])
  pairs <- combn(seq_along(effects), 2)
  contrasts <- t(apply(pairs, 2, function(pair) {
    as.numeric(names(coef(fit)) == effects[pair[2]]) - as.numeric(names(coef(fit)) == effects[pair[1]])
  }))
  rownames(contrasts) <- apply(pairs, 2, function(pair) paste(arms[-1][pair[2]], arms[-1][pair[1]]))
  test <- linear_contrast(fit, vcov = "CR2", cluster = rows$leader, contrasts = contrasts, test = "Satterthwaite", p_values = TRUE)
  joint <- Wald_test(fit, constraints = constrain_zero(match(effects, names(coef(fit)))), vcov = "CR2", cluster = rows$leader, test = "HTZ")
  list(pair = I(rownames(contrasts)), estimate = I(test$Est), se = I(test$SE), df = I(test$df), p = I(test$p_val),
       low = I(test$CI_L), high = I(test$CI_U),
       joint = list(f = joint$Fstat, df1 = joint$df_num, df2 = joint$df_denom, p = joint$p_val))
}

write_expected(list(
  forty = answers("forty.csv", c("control", "a", "b", "c"), "after", "+ block"),
  seasons = answers("seasons.csv", c("control", "a", "b"), "autumn", "+ block"),
  gaps = answers("gaps.csv", c("control", "a", "b"), "after", "")
), "contrasts.json")
