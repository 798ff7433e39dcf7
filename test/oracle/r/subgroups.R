# Effects by subgroup: ANCOVA with products of arm and covariate, CR2 with Satterthwaite's df, HTZ of the products.
suppressMessages(library(clubSandwich))
source("write.R")

rows <- read.csv("../input/subgroups.csv")
rows$arm <- factor(rows$arm, levels = c("control", "a", "b"))
rows$place <- factor(rows$place, levels = c("town", "country", "coast"))
before <- rows[rows$wave == "before", ]
means <- tapply(before$y, before$leader, mean)
after <- rows[rows$wave == "after" & !is.na(rows$gender), ]
after$baseline <- as.numeric(means[after$leader])
after$missing <- as.numeric(is.na(after$baseline))
after$baseline[is.na(after$baseline)] <- mean(means[unique(after$leader)], na.rm = TRUE)

# `at`: values of the products' columns at each level; `products`: names of these columns.
answers <- function(fit, cluster, products, at) {
  v <- vcovCR(fit, cluster = after[[cluster]], type = "CR2")
  names <- names(coef(fit))
  by_arm <- lapply(c("a", "b"), function(arm) {
    own <- match(paste0("arm", arm, ":", products), names)
    effect <- function(values, main) {
      contrast <- numeric(length(names))
      contrast[match(paste0("arm", arm), names)] <- main
      contrast[own] <- values
      contrast
    }
    levels <- t(apply(at, 1, effect, main = 1))
    apart <- t(apply(at[-1, , drop = FALSE], 1, function(values) effect(values - at[1, ], 0)))
    test <- linear_contrast(fit, vcov = v, contrasts = rbind(levels, apart), test = "Satterthwaite", p_values = TRUE)
    joint <- Wald_test(fit, constraints = constrain_zero(own, coef(fit)), vcov = v, test = "HTZ")
    list(estimate = test$Est, se = test$SE, df = test$df, p = test$p_val, low = test$CI_L, high = test$CI_U,
         f = joint$Fstat, df1 = joint$df_num, df2 = joint$df_denom, joint = joint$p_val)
  })
  names(by_arm) <- c("a", "b")
  by_arm
}

spread <- mean(after$tenure) + c(-1, 1) * sd(after$tenure)
fits <- list(
  gender = list(lm(y ~ baseline + missing + block + gender + tenure + arm + arm:gender, after), "gender", matrix(0:1)),
  tenure = list(lm(y ~ baseline + missing + block + gender + tenure + arm + arm:tenure, after), "tenure", matrix(spread)),
  place = list(lm(y ~ baseline + missing + block + gender + tenure + place + arm + arm:place, after), c("placecountry", "placecoast"),
               rbind(c(0, 0), c(1, 0), c(0, 1)))
)
# R names a product by the order of its terms: the arm is made first.
fits <- lapply(fits, function(one) {
  turned <- sub("^([a-z]+):(arm[ab])$", "\\2:\\1", names(coef(one[[1]])))
  names(one[[1]]$coefficients) <- turned
  one
})
run <- function(cluster) lapply(fits, function(one) answers(one[[1]], cluster, one[[2]], one[[3]]))
write_expected(list(unit = run("unit"), leader = run("leader"), respondents = nrow(after), spread = spread), "subgroups.json")
