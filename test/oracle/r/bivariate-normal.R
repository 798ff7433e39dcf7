# P(X <= h, Y <= k) of standard normal variables: by adaptive quadrature of phi(x) Phi((k - rho x) / sqrt(1 - rho^2)), and
# by pbivnorm and mvtnorm, which follow Genz; normal quantiles by qnorm.
suppressMessages({ library(pbivnorm); library(mvtnorm) })
source("write.R")

points <- c(-5, -2.3, -1, -0.4, 0, 0.1, 0.9, 1.7, 3.2, 6)
grid <- expand.grid(h = points, k = points, rho = c(-0.9999, -0.99, -0.93, -0.92, -0.7, -0.3, -0.01, 0, 0.2, 0.5, 0.74, 0.9, 0.924, 0.926, 0.97, 0.999))
# The inner function turns within a few sqrt(1 - rho^2) of k / rho: the integral is cut there.
quadrature <- function(h, k, rho) {
  width <- sqrt((1 - rho) * (1 + rho))
  inner <- function(x) dnorm(x) * pnorm((k - rho * x) / width)
  turn <- if (rho == 0) 0 else k / rho
  cuts <- sort(unique(pmin(h, pmax(-40, c(-40, -8, -4, turn + c(-40, -8, -3, 0, 3, 8, 40) * width / max(abs(rho), 0.01), 0, h)))))
  sum(mapply(function(a, b) integrate(inner, a, b, rel.tol = 1e-13, abs.tol = 0, subdivisions = 500L)$value, head(cuts, -1), tail(cuts, -1)))
}
grid$quadrature <- mapply(quadrature, grid$h, grid$k, grid$rho)
grid$pbivnorm <- with(grid, pbivnorm(h, k, rho))
grid$mvtnorm <- mapply(function(h, k, rho) pmvnorm(upper = c(h, k), corr = matrix(c(1, rho, rho, 1), 2))[1], grid$h, grid$k, grid$rho)
p <- c(1e-300, 1e-40, 1e-10, 1e-4, 0.024, 0.2, 0.49, 0.5, 0.51, 0.77, 0.99, 0.999999)
write_expected(list(bivariate = as.list(grid), quantile = list(p = p, z = qnorm(p))), "bivariate-normal.json")
print(apply(as.matrix(abs(grid[, 5:6] - grid$quadrature)), 2, max))
