# The example of docs/statistics.md, and the same data through the other doors of the library.
suppressMessages({ library(clubSandwich); library(lmerTest); library(pbkrtest) })
source("write.R")

rows <- read.csv("../input/example.csv")
fit <- lm(score ~ trained, data = rows)
test <- coef_test(fit, vcov = "CR2", cluster = rows$leader, test = "Satterthwaite")
interval <- conf_int(fit, vcov = "CR2", cluster = rows$leader, level = 0.95)
robust <- list(estimate = test[2, "beta"], se = test[2, "SE"], df = test[2, "df_Satt"], statistic = test[2, "tstat"],
               p = test[2, "p_Satt"], low = interval[2, "CI_L"], high = interval[2, "CI_U"])
joint <- Wald_test(fit, constraints = constrain_zero(1:2), vcov = "CR2", cluster = rows$leader, test = "HTZ")

mixed <- lmer(score ~ trained + (1 | leader), data = rows,
              control = lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-12, maxfun = 1e5)))
variances <- as.data.frame(VarCorr(mixed))$vcov
write_expected(list(
  robust = robust,
  joint = list(f = joint$Fstat, df1 = joint$df_num, df2 = joint$df_denom, p = joint$p_val),
  mixed = list(estimate = unname(fixef(mixed)[2]), leader = variances[1], residual = variances[2],
               satterthwaite_se = coef(summary(mixed))[2, "Std. Error"], satterthwaite_df = coef(summary(mixed))[2, "df"],
               kenward_roger_se = sqrt(as.matrix(vcovAdj(mixed))[2, 2]), kenward_roger_df = get_Lb_ddf(mixed, c(0, 1)))),
  "example.json")
