# Minimum detectable effect and two one-sided tests of the contrasts in ../expected/contrasts.json (run contrasts.R first).
source("write.R")

contrasts <- jsonlite::fromJSON("../expected/contrasts.json")
answers <- function(one, margin, confidence) {
  alpha <- 1 - confidence
  of <- function(df) {
    detectable <- (qt(1 - alpha / 2, df) + qt(0.8, df)) * one$se
    below <- pt((one$estimate + margin) / one$se, df, lower.tail = FALSE)
    above <- pt((one$estimate - margin) / one$se, df)
    list(detectable = I(detectable), p = I(pmax(below, above)), equivalent = I(pmax(below, above) < alpha))
  }
  list(estimate = I(one$estimate), se = I(one$se), df = I(one$df), margin = margin, confidence = confidence,
       t = of(one$df))
}
write_expected(list(
  forty = answers(contrasts$forty, 8, 0.95),
  seasons = answers(contrasts$seasons, 12, 0.9),
  gaps = answers(contrasts$gaps, 30, 0.99)
), "precision.json")
