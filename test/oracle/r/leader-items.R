# Measurement invariance of one factor with missing answers (missing = "ml") and with leaders as clusters
# (estimator = "MLR", cluster = "leader"), as lavaan, from the inputs of leader-items-inputs.R.
suppressMessages(library(lavaan))
source("write.R")

levels <- list(configural = "", metric = "loadings", scalar = c("loadings", "intercepts"))

fit_of <- function(model, rows, equal, tolerance, ...) {
  suppressWarnings(cfa(model, rows, group = "group", group.equal = equal, meanstructure = TRUE, missing = "ml",
                       em.h1.tol = 1e-12, em.h1.iter.max = 20000,
                       control = list(rel.tol = tolerance, x.tol = 1e-13, iter.max = 10000, eval.max = 20000), ...))
}

# As far as the optimiser goes before it takes its own rounding for a failure.
closest <- function(model, rows, equal, ...) {
  for (tolerance in 10^-(15:9)) {
    fit <- fit_of(model, rows, equal, tolerance, ...)
    if (lavInspect(fit, "converged")) break
  }
  fit
}

fitted_level <- function(rows, equal, baseline) {
  items <- setdiff(names(rows), c("group", "leader"))
  model <- paste("f =~", paste(items, collapse = " + "))
  fit <- closest(model, rows, equal)
  robust <- closest(model, rows, equal, estimator = "MLR", cluster = "leader")
  names <- c("chisq", "df", "pvalue", "cfi", "tli", "rmsea")
  scaled <- c("chisq.scaled", "pvalue.scaled", "chisq.scaling.factor")
  of_group <- function(g, part) as.numeric(lavInspect(fit, "est")[[g]][[part]])
  groups <- lavInspect(fit, "group.label")
  list(fit = robust, answer = list(
    factors = scaling_factors(robust),
    measures = as.list(unclass(fitMeasures(fit, names, baseline.model = baseline))), scaled = as.list(unclass(fitMeasures(robust, scaled))),
    groups = lapply(setNames(groups, groups), function(g) list(
      n = lavInspect(fit, "nobs")[match(g, groups)], loadings = of_group(g, "lambda"), intercepts = of_group(g, "nu"),
      residuals = as.numeric(diag(lavInspect(fit, "est")[[g]]$theta)), mean = of_group(g, "alpha"), variance = of_group(g, "psi")))))
}

# lavaan takes the groups of a leader as independent. From its own casewise scores and information: its scaling factor over
# again (a check of what follows), and the one with the covariances between the groups of a leader.
scaling_factors <- function(fit) {
  df <- fitMeasures(fit, "df")[[1]]
  if (df == 0) return(list(apart = NA, together = NA))
  data <- fit@Data
  leader <- unlist(lapply(seq_len(data@ngroups), function(g) data@Lp[[g]]$cluster.id[[2]][data@Lp[[g]]$cluster.idx[[2]]]))
  group <- rep(seq_len(data@ngroups), unlist(data@nobs))
  scores <- lavScores(fit, ignore.constraints = TRUE, remove.duplicated = FALSE)
  count <- tapply(leader, group, function(x) length(unique(x)))
  scores <- scores * sqrt(as.numeric(count / (count - 1)))[group]
  K <- fit@Model@eq.constraints.K
  if (!fit@Model@eq.constraints) K <- diag(ncol(scores))
  scores <- scores %*% K
  information <- t(K) %*% (lavInspect(fit, "information.observed") * lavInspect(fit, "ntotal")) %*% K
  trace <- function(by) sum(diag(solve(information, crossprod(rowsum(scores, by)))))
  test <- fit@test$yuan.bentler.mplus
  items <- length(lavNames(fit, "ov"))
  saturated <- test$scaling.factor.h1 * data@ngroups * items * (items + 3) / 2
  list(apart = (saturated - trace(paste(group, leader))) / df, together = (saturated - trace(leader)) / df)
}

of_input <- function(name) {
  rows <- read.csv(file.path("../input", paste0(name, ".csv")))
  rows <- rows[rowSums(!is.na(rows[, -(1:2)])) > 0, ]
  items <- names(rows)[-(1:2)]
  baseline <- closest(paste(paste(items, "~~", items), collapse = "\n"), rows, "")
  found <- lapply(levels, function(equal) fitted_level(rows, equal, baseline))
  tests <- lavTestLRT(found$configural$fit, found$metric$fit, found$scalar$fit, method = "satorra.bentler.2001")
  moments <- lavInspect(found$configural$fit, "sampstat")
  list(levels = lapply(found, `[[`, "answer"), saturated = unname(lapply(moments, function(m) list(mean = as.numeric(m$mean), cov = as.numeric(m$cov)))),
       change = list(chisq = tests[["Chisq diff"]][2:3], p = tests[["Pr(>Chisq)"]][2:3]))
}
names <- c("leaders-whole", "leaders-gaps", "leaders-sparse", "leaders-again")
write_expected(setNames(lapply(names, of_input), names), "leader-items.json")
