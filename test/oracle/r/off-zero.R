# REML with log sigma of the leaders added to the log likelihood (Chung et al. 2013), from whole matrices, where plain REML
# finds no variance between leaders; standard error and Kenward-Roger's at these variances.
suppressMessages(library(lme4))
source("write.R")

rows <- read.csv("../input/pairs.csv", colClasses = c(leader = "character", arm = "character"))
before <- rows[rows$wave == "before", ]
means <- tapply(before$y, before$leader, mean)
after <- rows[rows$wave == "later", ]
after$baseline <- as.numeric(means[after$leader])
after$missing <- as.numeric(is.na(after$baseline))
after$baseline[is.na(after$baseline)] <- mean(means[unique(after$leader)], na.rm = TRUE)
after$arm <- factor(after$arm, levels = c("control", "a"))
formula <- reformulate(c("baseline", if (any(after$missing == 1)) "missing", "arm"), "y")

X <- model.matrix(formula, after); y <- after$y
same <- outer(after$leader, after$leader, "==") * 1
penalised <- function(log_variances) {
  V <- exp(log_variances[1]) * diag(length(y)) + exp(log_variances[2]) * same
  W <- solve(V); A <- t(X) %*% W %*% X
  r <- y - X %*% solve(A, t(X) %*% W %*% y)
  as.numeric(determinant(V)$modulus + determinant(A)$modulus + t(r) %*% W %*% r) - log_variances[2]
}
found <- optim(c(log(var(y)), log(var(y) / 10)), penalised, method = "BFGS", control = list(reltol = 1e-15, maxit = 1000))
for (k in 1:5) found <- optim(found$par, penalised, method = "Nelder-Mead", control = list(reltol = 1e-16, maxit = 5000))
v <- exp(found$par)
W <- solve(v[1] * diag(length(y)) + v[2] * same)
phi <- solve(t(X) %*% W %*% X)
at <- match("arma", colnames(X))
plain <- lmer(update(formula, . ~ . + (1 | leader)), after, control = lmerControl(check.conv.singular = "ignore"))
write_expected(list(plain_variance = as.data.frame(VarCorr(plain))$vcov[1], residual = v[1], leader = v[2],
                    estimate = as.numeric((phi %*% t(X) %*% W %*% y)[at]), se = sqrt(phi[at, at]),
                    reml_estimate = unname(fixef(plain)["arma"])), "off-zero.json")
