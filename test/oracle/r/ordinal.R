# Ordinal alpha and omega: psych::polychoric, then alpha and one factor by minres on its correlations.
suppressMessages(library(psych))
source("write.R")

# The same likelihood as psych's, with its optimiser run to the end; in psych it stops within 1e-4.
tight <- function(answers) {
  optimize <- function(f, interval, ...) stats::optimize(f, interval, ..., tol = 1e-11)
  patched <- psych::polychoric
  own <- new.env(parent = asNamespace("psych"))
  own$optimize <- optimize
  polyc <- psych:::polyc
  environment(polyc) <- own
  own$polyc <- polyc
  own$mcmapply <- mapply
  environment(patched) <- own
  suppressWarnings(suppressMessages(patched(answers)))
}

omega_total <- function(R) {
  one <- suppressWarnings(fa(R, nfactors = 1, fm = "minres", rotate = "none", n.obs = 100))
  sign <- ifelse(one$loadings[, 1] < 0, -1, 1)
  1 - sum(one$uniquenesses) / sum(R * outer(sign, sign))
}

of_items <- function(name) {
  answers <- read.csv(file.path("../input", paste0(name, ".csv")))[, -1]
  plain <- suppressWarnings(suppressMessages(polychoric(answers)))
  end <- tight(answers)
  list(psych = as.numeric(plain$rho), rho = as.numeric(end$rho), tau = as.numeric(t(end$tau)),
       alpha = suppressWarnings(suppressMessages(alpha(end$rho, warnings = FALSE)$total$raw_alpha)),
       omega = if (ncol(answers) > 2) omega_total(end$rho) else omega_total(end$rho))
}
names <- c("items-complete", "items-missing", "items-turned", "items-two", "ordinal-five", "ordinal-seven", "ordinal-two", "ordinal-unused", "ordinal-apart")
write_expected(setNames(lapply(names, of_items), names), "ordinal.json")
