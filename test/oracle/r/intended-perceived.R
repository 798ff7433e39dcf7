# Intended against perceived leadership: shrunk means as lme4, correlations as stats and psych, response surface and the
# decomposition of a changed gap as lm with clubSandwich's CR2, each leader a cluster; agreement groups by definition.
suppressMessages({ library(lme4); library(clubSandwich) })
source("write.R")

mean_by <- function(rows) tapply(rows$y, rows$leader, mean)
of <- function(rows, rater, scale, wave) rows[rows$rater == rater & rows$scale == scale & rows$wave == wave, ]
with_df <- function(fit, contrasts, cluster) {
  one <- linear_contrast(fit, vcov = "CR2", cluster = cluster, contrasts = contrasts, test = "Satterthwaite")
  list(estimate = one$Est, se = one$SE, df = one$df, low = one$CI_L, high = one$CI_U)
}

shrunk <- function(rows) {
  fit <- lmer(y ~ 1 + (1 | leader), rows, REML = TRUE, control = lmerControl(optCtrl = list(ftol_abs = 1e-14, xtol_abs = 1e-14)))
  variances <- as.data.frame(VarCorr(fit))$vcov
  effects <- ranef(fit, condVar = TRUE)$leader
  n <- as.vector(table(rows$leader)[rownames(effects)])
  left <- 1 - variances[1] / (variances[1] + variances[2] / n)
  list(mean = unname(fixef(fit)), variance = vcov(fit)[1, 1], between = variances[1], within = variances[2],
       leader = rownames(effects), shrunk = unname(fixef(fit)) + effects[, 1],
       se = sqrt(as.vector(attr(effects, "postVar")) + left^2 * vcov(fit)[1, 1]))
}

surface <- function(x, y, z) {
  x <- x - 50; y <- y - 50
  fit <- lm(z ~ x + y + I(x^2) + I(x * y) + I(y^2))
  lines <- rbind(c(0, 1, 1, 0, 0, 0), c(0, 0, 0, 1, 1, 1), c(0, 1, -1, 0, 0, 0), c(0, 0, 0, 1, -1, 1), c(0, 0, 0, 1, 0, -1))
  c(with_df(fit, rbind(diag(6), lines), seq_along(x)), list(r_squared = summary(fit)$r.squared))
}

groups <- function(x, y) {
  x <- as.vector(scale(x)); y <- as.vector(scale(y))
  ifelse(x - y > 0.5, "over", ifelse(x - y < -0.5, "under", ifelse(y > 0, "agree-high", "agree-low")))
}

pair <- function(rows, wave) {
  employees <- of(rows, "employee", "lead", wave)
  intended <- mean_by(of(rows, "self", "lead", wave)); perceived <- mean_by(employees); other <- mean_by(of(rows, "employee", "other", wave))
  both <- intersect(names(intended), names(perceived))
  x <- as.vector(intended[both]); y <- as.vector(perceived[both])
  random <- shrunk(employees)
  n <- as.vector(table(employees$leader)[both])
  reliability <- random$between / (random$between + random$within * mean(1 / n))
  seen <- cor.test(x, y)
  gap <- t.test(x, y, paired = TRUE)
  list(leaders = length(both), shrunk = random, intended = mean(x), perceived = mean(y),
       gap = list(estimate = unname(gap$estimate), se = gap$stderr, df = unname(gap$parameter), low = gap$conf.int[1], high = gap$conf.int[2]),
       correlation = list(estimate = unname(seen$estimate), low = seen$conf.int[1], high = seen$conf.int[2]),
       reliability = reliability,
       corrected = psych::correct.cor(matrix(c(1, seen$estimate, seen$estimate, 1), 2), c(0.8, reliability))[1, 2],
       groups = as.list(table(factor(groups(x, y), c("over", "under", "agree-high", "agree-low")))),
       surface = if (length(both) > 6) surface(x, y, as.vector(other[both])) else NULL)
}

# Each leader's changes, then arm against control (without arms: the mean) on the leaders with all four measures.
moved <- function(rows, wave, arms) {
  four <- lapply(c("before", wave), function(w) list(self = mean_by(of(rows, "self", "lead", w)), employee = mean_by(of(rows, "employee", "lead", w))))
  all <- Reduce(intersect, lapply(unlist(four, recursive = FALSE), names))
  change <- function(rater) as.vector(four[[2]][[rater]][all] - four[[1]][[rater]][all])
  data <- data.frame(intended = change("self"), perceived = change("employee"), arm = if (length(arms) > 0) factor(rows$arm[match(all, rows$leader)], arms) else factor(all == ""))
  data$gap <- data$intended - data$perceived
  lapply(setNames(nm = c("gap", "intended", "perceived")), function(part) {
    data$part <- data[[part]]
    fit <- if (length(arms) > 0) lm(part ~ arm, data) else lm(part ~ 1, data)
    size <- length(coef(fit))
    contrasts <- if (size > 1) diag(size)[-1, , drop = FALSE] else matrix(1)
    c(with_df(fit, contrasts, seq_along(all)), list(leaders = as.vector(table(data$arm))))
  })
}

sets <- list(sixty = c("control", "a", "b", "c"), ten = c("control", "a"), plain = character(0))
write_expected(lapply(setNames(nm = names(sets)), function(name) {
  rows <- read.csv(file.path("../input", paste0("ratings-", name, ".csv")))
  waves <- unique(rows$wave)
  list(waves = lapply(setNames(nm = waves), function(wave) pair(rows, wave)),
       moved = lapply(setNames(nm = waves[-1]), function(wave) moved(rows, wave, sets[[name]])))
}), "intended-perceived.json")
