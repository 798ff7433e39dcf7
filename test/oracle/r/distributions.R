# Tails and quantiles, adjusted p-values, tests of tables.
source("write.R")

t_cases <- expand.grid(t = c(1e-8, 0.01, 0.5, 1, 1.96, 3, 8, 40, 1e4), df = c(0.3, 1, 2.7, 4, 13.37, 100, 5021.5, 49998))
f_cases <- expand.grid(f = c(1e-6, 0.2, 1, 2.5, 10, 300), df1 = c(1, 2, 3, 48), df2 = c(1.5, 6, 37.2, 1993))
chi_cases <- expand.grid(x = c(1e-6, 0.3, 1, 5, 30, 400), df = c(1, 2, 3, 17, 250))
p <- c(1e-12, 1e-6, 0.001, 0.01, 0.05, 0.1, 0.5, 0.9)
q_t <- expand.grid(p = p, df = c(1, 2.7, 4, 13.37, 100, 5021.5))
# R 4.2's qf loses digits at some small p, so these stay where qf and pf agree.
q_f <- expand.grid(p = c(0.01, 0.05, 0.1, 0.5, 0.9), df1 = c(1, 2, 3), df2 = c(2.5, 6, 37.2, 168))
q_chi <- expand.grid(p = p, df = c(1, 2, 3, 17, 250))
z <- c(1e-8, 0.1, 1, 1.96, 5, 12, 37)
holm <- list(c(0.01, 0.04, 0.03, 0.005, 0.6), c(0.5, 0.5, 0.9), c(0.02), c(0.04, 0.01, 0.01))

tables <- list(list(n = c(40, 42, 39, 41), events = c(10, 12, 8, 20)), list(n = c(12, 9), events = c(3, 0)),
               list(n = c(10, 11, 9, 10), events = c(1, 4, 0, 2)), list(n = c(170, 168, 165, 167), events = c(41, 45, 38, 40)))
of_table <- function(case) {
  counts <- rbind(case$events, case$n - case$events)
  expected <- suppressWarnings(chisq.test(counts, correct = FALSE)$expected)
  c(case, test = if (any(expected < 5)) "fisher" else "chi-square",
    p = if (any(expected < 5)) fisher.test(counts)$p.value else chisq.test(counts, correct = FALSE)$p.value)
}

write_expected(list(
  t = cbind(t_cases, p = 2 * pt(-t_cases$t, t_cases$df)),
  f = cbind(f_cases, p = pf(f_cases$f, f_cases$df1, f_cases$df2, lower.tail = FALSE)),
  chi = cbind(chi_cases, p = pchisq(chi_cases$x, chi_cases$df, lower.tail = FALSE)),
  normal = data.frame(z = z, p = 2 * pnorm(-z)),
  t_quantile = cbind(q_t, t = qt(q_t$p / 2, q_t$df, lower.tail = FALSE)),
  f_quantile = cbind(q_f, f = qf(q_f$p, q_f$df1, q_f$df2, lower.tail = FALSE)),
  chi_quantile = cbind(q_chi, x = qchisq(q_chi$p, q_chi$df, lower.tail = FALSE)),
  normal_quantile = data.frame(p = p, z = qnorm(p / 2, lower.tail = FALSE)),
  holm = lapply(holm, function(p) list(p = I(p), adjusted = I(p.adjust(p, "holm")))),
  tables = lapply(tables, of_table)
), "distributions.json")
