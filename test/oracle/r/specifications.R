# Every least-squares choice of a plan for one effect: CR2, and the median of all of them under every way to give the arm
# to two of four leaders in each of two blocks.
suppressMessages(library(clubSandwich))
source("write.R")

rows <- read.csv("../input/eight.csv")
rows$block <- ifelse(as.integer(substring(rows$leader, 2)) <= 4, "one", "two")
# One leader whose covariates nobody knows is in half of the models only.
rows$x2[rows$leader == "L04"] <- NA
means <- tapply(rows$y[rows$wave == "before"], rows$leader[rows$wave == "before"], mean)
rows$baseline <- as.numeric(means[rows$leader])
rows$post <- as.numeric(rows$wave == "after")
leaders <- unique(rows[c("leader", "arm", "block")])

choices <- expand.grid(blocks = c(TRUE, FALSE), covariates = c(TRUE, FALSE), estimator = c("ancova", "difference-in-differences"),
                       stringsAsFactors = FALSE)
choices <- rbind(choices, data.frame(blocks = NA, covariates = c(TRUE, FALSE), estimator = "leader-fixed-effects"))

fit_of <- function(choice, trained) {
  data <- rows
  data$a <- as.numeric(data$leader %in% trained)
  data$change <- data$a * data$post
  if (choice$covariates) data <- data[!is.na(data$x2), ]
  if (choice$estimator == "ancova") data <- data[data$post == 1, ]
  terms <- switch(choice$estimator, ancova = "baseline", `difference-in-differences` = "post + a", `leader-fixed-effects` = "leader + post")
  if (isTRUE(choice$blocks)) terms <- paste(terms, "+ block")
  if (choice$covariates) terms <- paste(terms, "+ x1 + x2")
  effect <- if (choice$estimator == "ancova") "a" else "change"
  list(fit = lm(as.formula(paste("y ~", terms, "+", effect)), data), data = data, effect = effect)
}
estimates <- function(trained) sapply(seq_len(nrow(choices)), function(k) {
  one <- fit_of(choices[k, ], trained)
  unname(coef(one$fit)[one$effect])
})

given <- leaders$leader[leaders$arm == "a"]
robust <- lapply(seq_len(nrow(choices)), function(k) {
  one <- fit_of(choices[k, ], given)
  test <- coef_test(one$fit, vcov = "CR2", cluster = one$data$leader, test = "Satterthwaite")
  as.list(test[match(one$effect, rownames(test)), c("beta", "SE", "p_Satt")])
})
pairs <- lapply(c("one", "two"), function(block) combn(leaders$leader[leaders$block == block], 2, simplify = FALSE))
labellings <- unlist(lapply(pairs[[1]], function(first) lapply(pairs[[2]], function(second) c(first, second))), recursive = FALSE)
medians <- sapply(labellings, function(trained) median(estimates(trained)))
observed <- median(estimates(given))

write_expected(list(
  choices = choices,
  estimate = sapply(robust, function(one) one$beta), se = sapply(robust, function(one) one$SE), p = sapply(robust, function(one) one$p_Satt),
  medians = medians, median = observed, labellings = length(labellings), share = mean(abs(medians) >= abs(observed) * (1 - 1e-9))
), "specifications.json")
