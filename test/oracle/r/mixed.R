# Random effects of leaders, leaders' waves and classes: lme4, lmerTest, pbkrtest.
suppressMessages({ library(lme4); library(lmerTest); library(pbkrtest) })
source("write.R")

# A tighter stop than lme4's own, so that the oracle is not the coarser of the two.
control <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-12, maxfun = 1e5), check.conv.singular = "ignore")

rows_of <- function(name, arms) {
  text <- c(leader = "character", arm = "character", block = "character", class = "character")
  rows <- suppressWarnings(read.csv(file.path("../input", name), colClasses = text))
  rows$arm <- factor(rows$arm, levels = arms)
  rows
}

after_rows <- function(name, arms, wave) {
  rows <- rows_of(name, arms)
  before <- rows[rows$wave == "before", ]
  means <- tapply(before$y, before$leader, mean)
  after <- rows[rows$wave == wave, ]
  after$baseline <- as.numeric(means[after$leader])
  after$missing <- as.numeric(is.na(after$baseline))
  leaders <- unique(after$leader)
  after$baseline[is.na(after$baseline)] <- mean(means[leaders], na.rm = TRUE)
  # A class of its own for every untrained leader: it carries no effect, whatever it is called.
  after$trained <- as.numeric(after$arm != arms[1])
  if (!is.null(after$class)) after$class <- ifelse(after$trained == 1, after$class, after$leader)
  after
}

wave_rows <- function(name, arms, waves) {
  rows <- rows_of(name, arms)
  rows <- rows[rows$wave %in% waves, ]
  rows$wave <- factor(rows$wave, levels = waves)
  rows
}

# Fai and Cornelius' degrees of freedom from whole matrices, at the variances of a fit: the derivatives are exact, where
# lmerTest has them by differences.
exact_df <- function(fit, effects, reml) {
  x <- getME(fit, "X")
  y <- getME(fit, "y")
  variances <- as.data.frame(VarCorr(fit))$vcov
  lists <- lapply(getME(fit, "Ztlist"), function(z) as.matrix(Matrix::crossprod(z)))
  d <- c(unname(lists), list(diag(nrow(x))))
  w <- solve(Reduce(`+`, Map(`*`, variances, d)))
  phi <- solve(t(x) %*% w %*% x)
  p <- w - w %*% x %*% phi %*% t(x) %*% w
  trace_of <- if (reml) p else w
  free <- which(variances > 1e-9 * sum(variances))
  pd <- lapply(d[free], function(one) p %*% one)
  td <- lapply(d[free], function(one) trace_of %*% one)
  py <- p %*% y
  k <- seq_along(free)
  hessian <- outer(k, k, Vectorize(function(i, j)
    -sum(td[[i]] * t(td[[j]])) + 2 * as.numeric(t(py) %*% d[[free[i]]] %*% pd[[j]] %*% py)))
  sapply(match(effects, names(fixef(fit))), function(at) {
    slopes <- sapply(d[free], function(one) { turned <- w %*% x %*% phi[, at]; as.numeric(t(turned) %*% one %*% turned) })
    phi[at, at]^2 / as.numeric(t(slopes) %*% solve(hessian, slopes))
  })
}

# Kenward and Roger's is for REML: pbkrtest fits anew by it.
answers <- function(formula, rows, effects, reml) {
  fit <- lmerTest::lmer(formula, data = rows, REML = reml, control = control)
  table <- coef(summary(fit, ddf = "Satterthwaite"))
  variances <- as.data.frame(VarCorr(fit))
  variance <- function(group) variances$vcov[match(group, variances$grp)]
  contrast <- function(effect) as.numeric(names(fixef(fit)) == effect)
  common <- list(
    n = nobs(fit), residual = variance("Residual"), leader = variance("leader"), wave = variance("leader:wave"),
    class = variance("class"), deviance = if (reml) REMLcrit(fit) else -2 * as.numeric(logLik(fit)),
    estimate = I(unname(fixef(fit)[effects])), se = I(unname(table[effects, "Std. Error"])),
    df = I(unname(table[effects, "df"])), exact_df = I(exact_df(fit, effects, reml)), p = I(unname(table[effects, "Pr(>|t|)"])))
  if (!reml) return(common)
  joint <- KRmodcomp(fit, t(sapply(effects, contrast)))$test["Ftest", ]
  c(common, list(
    kenward_roger_se = I(unname(sqrt(diag(as.matrix(vcovAdj(fit))))[match(effects, names(fixef(fit)))])),
    kenward_roger_df = I(sapply(effects, function(effect) get_Lb_ddf(fit, contrast(effect)), USE.NAMES = FALSE)),
    joint = list(f = joint$stat, df1 = joint$ndf, df2 = joint$ddf, p = joint$p.value)))
}

both <- function(formula, rows, effects)
  list(REML = answers(formula, rows, effects, TRUE), ML = answers(formula, rows, effects, FALSE))

forty <- c("control", "a", "b", "c")
two <- c("control", "a")
three <- c("control", "a", "b")
arms <- function(levels) paste0("arm", levels[-1])
after <- list(
  forty = after_rows("forty.csv", forty, "after"), eight = after_rows("eight.csv", two, "after"),
  pairs = after_rows("pairs.csv", two, "later"), classes = after_rows("classes.csv", three, "later"),
  "classes-few" = after_rows("classes-few.csv", two, "after"), "classes-flat" = after_rows("classes-flat.csv", two, "after"))
# Without leaders who lack a baseline their indicator would be a column of zeros.
fixed <- function(rows, more) {
  reformulate(c("baseline", if (any(rows$missing == 1)) "missing", more, "arm"), "y")
}
leader <- function(rows, more, levels) both(update(fixed(rows, more), . ~ . + (1 | leader)), rows, arms(levels))
classes <- function(rows, more, levels)
  both(update(fixed(rows, more), . ~ . + (1 | leader) + (0 + trained | class)), rows, arms(levels))
waves <- function(name, levels, waves)
  both(y ~ arm * wave + (1 | leader) + (1 | leader:wave), wave_rows(name, levels, waves),
       as.vector(outer(arms(levels), waves[-1], function(arm, wave) paste0(arm, ":wave", wave))))

write_expected(list(
  leader = list(
    forty = leader(after$forty, c("x1", "x2"), forty), forty_blocks = leader(after$forty, "block", forty),
    eight = leader(after$eight, NULL, two), classes = leader(after$classes, "x1", three),
    # The leaders' variance is estimated as zero here.
    pairs = leader(after$pairs, NULL, two)),
  leader_wave = list(
    forty = waves("forty.csv", forty, c("before", "after")), eight = waves("eight.csv", two, c("before", "after")),
    pairs = waves("pairs.csv", two, c("before", "later")), classes = waves("classes.csv", three, c("before", "later")),
    all = waves("classes.csv", three, c("before", "after", "later", "last")),
    "classes-flat" = waves("classes-flat.csv", two, c("before", "after"))),
  classes = list(
    classes = classes(after$classes, NULL, three), classes_blocks = classes(after$classes, c("block", "x1"), three),
    "classes-few" = classes(after$"classes-few", NULL, two),
    # The classes' variance is estimated as zero here.
    "classes-flat" = classes(after$"classes-flat", NULL, two))
), "mixed.json")
