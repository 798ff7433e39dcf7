# Product of coefficients: the mediator by ANCOVA on the arm, the outcome on arm and mediator (both leaders' means of the
# mediator, before and after, among the columns), same leaders; percentile interval of the products of given draws.
suppressMessages(library(clubSandwich))
source("write.R"); source("left.R")

coefficient <- function(formula, rows, names) {
  fit <- lm(formula, data = rows)
  test <- coef_test(fit, vcov = vcovCR(fit, cluster = rows$leader, type = "CR2"), test = "Satterthwaite")
  at <- match(names, names(coef(fit)))
  list(estimate = I(as.numeric(coef(fit)[at])), se = I(test[at, "SE"]))
}

mediation <- function(survey, mediator_wave, wave) {
  rows <- read_left(survey)
  m_after <- tapply(rows$m[rows$wave == mediator_wave], rows$leader[rows$wave == mediator_wave], mean)
  outcome <- at_wave(rows, wave)
  stage <- at_wave(rows, mediator_wave)
  both <- intersect(outcome$leader, stage$leader)
  outcome <- outcome[outcome$leader %in% both, ]
  stage <- stage[stage$leader %in% both, ]
  outcome$m_before <- filled(before(rows, "m"), outcome$leader)
  outcome$m_after <- as.numeric(m_after[outcome$leader])
  stage$y <- stage$m
  stage$baseline <- filled(before(rows, "m"), stage$leader)
  arms <- paste0("arm", survey$arms[-1])
  a <- coefficient(as.formula(paste("y ~", own_columns(stage, survey), "+ arm")), stage, arms)
  b <- coefficient(as.formula(paste("y ~", own_columns(outcome, survey), "+ m_before + m_after + arm")), outcome, c("m_after", arms))
  list(leaders = length(both), a = a, b = list(estimate = as.numeric(b$estimate[1]), se = as.numeric(b$se[1])),
       direct = list(estimate = I(b$estimate[-1]), se = I(b$se[-1])),
       intervals = lapply(seq_along(arms), function(k) {
         products <- (a$estimate[k] + draws$first * a$se[k]) * (b$estimate[1] + draws$second * b$se[1])
         as.numeric(quantile(products, c(0.025, 0.975)))
       }))
}

set.seed(25)
draws <- list(first = round(rnorm(501), 6), second = round(rnorm(501), 6))
write_expected(list(draws = draws, chains = lapply(surveys, function(survey) list(
  after = mediation(survey, "after", "after"), later = mediation(survey, "after", "later")))), "mediation.json")
