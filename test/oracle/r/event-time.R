# Event study with one dummy per leader: effects by arm and wave, and how they change from the first follow-up on.
suppressMessages(library(clubSandwich))
source("write.R")

answers <- function(name, arms, waves, covariates = character()) {
  rows <- read.csv(file.path("../input", name), colClasses = c(leader = "character", arm = "character", block = "character"))
  rows <- rows[rows$wave %in% waves, ]
  rows <- rows[complete.cases(rows[, c("y", covariates)]), ]
  later <- waves[-1]
  products <- character()
  for (wave in later) {
    rows[[paste0("wave_", wave)]] <- as.numeric(rows$wave == wave)
    for (arm in arms[-1]) rows[[paste(wave, arm, sep = "_")]] <- as.numeric(rows$wave == wave & rows$arm == arm)
    products <- c(products, paste(wave, arms[-1], sep = "_"))
  }
  terms <- c("0", "factor(leader)", covariates, paste0("wave_", later), products)
  fit <- lm(as.formula(paste("y ~", paste(terms, collapse = " + "))), data = rows)
  kept <- names(coef(fit))
  unit <- function(name) as.numeric(kept == name)
  test_of <- function(contrasts) {
    test <- linear_contrast(fit, vcov = "CR2", cluster = rows$leader, contrasts = contrasts, test = "Satterthwaite", p_values = TRUE)
    list(name = I(rownames(contrasts)), estimate = I(test$Est), se = I(test$SE), df = I(test$df), p = I(test$p_val),
         low = I(test$CI_L), high = I(test$CI_U))
  }
  named <- function(rows, names) { rows <- do.call(rbind, rows); rownames(rows) <- names; rows }
  effects <- named(lapply(products, unit), products)
  change <- expand.grid(arm = arms[-1], to = later[-1], stringsAsFactors = FALSE)
  changes <- named(lapply(seq_len(nrow(change)), function(k) {
    unit(paste(change$to[k], change$arm[k], sep = "_")) - unit(paste(later[1], change$arm[k], sep = "_"))
  }), paste(change$to, change$arm, sep = "_"))
  joint <- lapply(later, function(wave) {
    at <- match(paste(wave, arms[-1], sep = "_"), kept)
    test <- Wald_test(fit, constraints = constrain_zero(at), vcov = "CR2", cluster = rows$leader, test = "HTZ")
    list(f = test$Fstat, df1 = test$df_num, df2 = test$df_denom, p = test$p_val)
  })
  list(n = nobs(fit), leaders = length(unique(rows$leader)), effects = test_of(effects), fade_out = test_of(changes),
       joint = setNames(joint, later))
}

write_expected(list(
  pairs = answers("pairs.csv", c("control", "a"), c("before", "after", "later")),
  seasons = answers("seasons.csv", c("control", "a", "b"), c("before", "spring", "summer", "autumn")),
  seasons_adjusted = answers("seasons.csv", c("control", "a", "b"), c("before", "spring", "summer", "autumn"), c("x1", "x2")),
  gaps = answers("gaps.csv", c("control", "a", "b"), c("before", "after", "later"))
), "event-time.json")
