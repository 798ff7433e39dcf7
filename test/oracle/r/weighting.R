# Leaders weighted by one over their probability of being measured: logistic regression on the roster, then the ANCOVA
# with those weights, whose inverse is the working variance of CR2 (clubSandwich, target = 1 / w).
suppressMessages({ library(clubSandwich); library(estimatr) })
source("write.R"); source("left.R")

weighting <- function(survey, wave) {
  rows <- read_left(survey)
  model <- at_wave(rows, wave)
  leaders <- unique(rows[, c("leader", "arm", "block")])
  leaders <- leaders[order(leaders$leader), ]
  complete <- rows[!is.na(rows$x2), ]
  leaders$measured <- as.numeric(leaders$leader %in% model$leader)
  leaders$missing <- as.numeric(!(leaders$leader %in% rows$leader[rows$wave == "before"]))
  leaders$y <- filled(before(rows, "y"), leaders$leader)
  leaders$x1 <- filled(before(complete, "x1"), leaders$leader)
  leaders$x2 <- filled(before(complete, "x2"), leaders$leader)
  formula <- as.formula(paste("measured ~ arm", survey$block, "+ y + x1 + x2"))
  # Leader 3 alone has no baseline: an indicator of it tells its outcome without error.
  told <- leaders$missing == 1
  fit <- glm(formula, family = binomial, data = leaders[!told, ], control = list(epsilon = 1e-15, maxit = 200))
  p <- rep(1, nrow(leaders)); p[!told] <- fitted(fit)
  model$w <- (1 / p)[match(model$leader, leaders$leader)]
  ancova <- lm(as.formula(paste("y ~", own_columns(model, survey), "+ arm")), data = model, weights = w)
  effects <- paste0("arm", survey$arms[-1])
  at <- match(effects, names(coef(ancova)))
  robust <- function(target) {
    test <- coef_test(ancova, vcov = vcovCR(ancova, cluster = model$leader, type = "CR2", target = target), test = "Satterthwaite")
    list(se = I(test[at, "SE"]), df = I(test[at, "df_Satt"]))
  }
  estimatr <- lm_robust(formula(ancova), data = model, weights = w, clusters = leader, se_type = "CR2")
  measured <- leaders$measured == 1
  list(leaders = leaders$leader, probabilities = as.numeric(p), coefficients = as.numeric(coef(fit)), lost = sum(!measured),
       effective = sum(1 / p[measured])^2 / sum(1 / p[measured]^2), largest = max(1 / p[measured]) / mean(1 / p[measured]),
       estimate = I(as.numeric(coef(ancova)[effects])), inverse = robust(1 / model$w), identity = robust(rep(1, nrow(model))),
       estimatr = list(se = I(as.numeric(estimatr$std.error[effects])), df = I(as.numeric(estimatr$df[effects]))))
}

write_expected(lapply(surveys, function(survey) list(after = weighting(survey, "after"), later = weighting(survey, "later"))), "weighting.json")
