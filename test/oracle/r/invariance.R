# Measurement invariance of one factor over groups as lavaan, from the inputs of invariance-inputs.R.
suppressMessages(library(lavaan))
source("write.R")

levels <- list(configural = "", metric = "loadings", scalar = c("loadings", "intercepts"))

fitted_level <- function(rows, equal) {
  items <- setdiff(names(rows), "group")
  model <- paste("f =~", paste(items, collapse = " + "))
  # As far as the optimiser goes before it takes its own rounding for a failure.
  for (tolerance in 10^-(15:9)) {
    fit <- suppressWarnings(cfa(model, rows, group = "group", group.equal = equal, meanstructure = TRUE,
                                control = list(rel.tol = tolerance, x.tol = 1e-13, iter.max = 10000, eval.max = 20000)))
    if (lavInspect(fit, "converged")) break
  }
  measures <- fitMeasures(fit, c("chisq", "df", "pvalue", "cfi", "tli", "rmsea", "baseline.chisq", "baseline.df"))
  of_group <- function(g, part) as.numeric(lavInspect(fit, "est")[[g]][[part]])
  groups <- lavInspect(fit, "group.label")
  residual <- function(g) as.numeric(diag(lavInspect(fit, "est")[[g]]$theta))
  list(measures = as.list(unclass(measures)), tolerance = tolerance,
       groups = lapply(setNames(groups, groups), function(g) list(
         n = lavInspect(fit, "nobs")[match(g, groups)], loadings = of_group(g, "lambda"), intercepts = of_group(g, "nu"),
         residuals = residual(g), mean = of_group(g, "alpha"), variance = of_group(g, "psi"))))
}

names <- c("cfa-two", "cfa-four", "cfa-turned", "cfa-misfit", "cfa-three", "cfa-heywood")
of_input <- function(name) {
  rows <- read.csv(file.path("../input", paste0(name, ".csv")))
  lapply(levels, function(equal) fitted_level(rows, equal))
}
write_expected(setNames(lapply(names, of_input), names), "invariance.json")
