# Complier effects: assignment as instrument for training, ANCOVA columns, by AER::ivreg with clubSandwich and, beside
# it, by estimatr::iv_robust.
suppressMessages({ library(AER); library(clubSandwich); library(estimatr) })
source("write.R"); source("left.R")

complier <- function(survey, wave) {
  rows <- droplevels(subset(at_wave(read_left(survey), wave), !is.na(attended)))
  treated <- survey$arms[-1]
  trained <- as.numeric(rows$attended >= 2)
  for (arm in treated) {
    rows[[paste0("z_", arm)]] <- as.numeric(rows$arm == arm)
    rows[[paste0("d_", arm)]] <- if (length(treated) == 1) trained else trained * (rows$arm == arm)
  }
  d <- paste0("d_", treated); z <- paste0("z_", treated)
  own <- own_columns(rows, survey)
  formula <- as.formula(paste("y ~", own, "+", paste(d, collapse = " + "), "|", own, "+", paste(z, collapse = " + ")))
  fit <- ivreg(formula, data = rows)
  tests <- lapply(c(CR0 = "CR0", CR1 = "CR1", CR1S = "CR1S", CR2 = "CR2"), function(type) {
    test <- coef_test(fit, vcov = vcovCR(fit, cluster = rows$leader, type = type), test = "Satterthwaite")
    list(se = I(test[match(d, names(coef(fit))), "SE"]), df = I(test[match(d, names(coef(fit))), "df_Satt"]))
  })
  first <- sapply(treated, function(arm) {
    stage <- lm(as.formula(paste0("d_", arm, " ~ ", own, " + ", paste(z, collapse = " + "))), data = rows)
    V <- vcovCR(stage, cluster = rows$leader, type = "CR2")
    unname(coef(stage)[paste0("z_", arm)]^2 / diag(V)[match(paste0("z_", arm), names(coef(stage)))])
  })
  robust <- iv_robust(formula, data = rows, clusters = leader, se_type = "CR2")
  list(n = nrow(rows), leaders = length(unique(rows$leader)), estimate = I(as.numeric(coef(fit)[d])), tests = tests,
       estimatr = list(se = I(as.numeric(robust$std.error[d])), df = I(as.numeric(robust$df[d]))), first = I(as.numeric(first)))
}

write_expected(lapply(surveys, function(survey) list(after = complier(survey, "after"), later = complier(survey, "later"))), "complier.json")
