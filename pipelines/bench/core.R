# The same estimate from the same file: method and file as arguments, what it used on stderr.
arguments <- commandArgs(TRUE)
method <- arguments[1]
reader <- if (requireNamespace("data.table", quietly = TRUE)) "data.table" else "utils"
rows <- if (reader == "data.table") data.table::fread(arguments[2], data.table = FALSE) else read.csv(arguments[2])
f <- y ~ x1 + x2 + arm
if (method == "mixed") {
  fit <- lme4::lmer(y ~ x1 + x2 + arm + (1 | leader), rows)
  answer <- c(lme4::fixef(fit)["armtreated"], sqrt(as.matrix(vcov(fit))["armtreated", "armtreated"]))
} else {
  fit <- estimatr::lm_robust(f, rows, clusters = leader, se_type = if (method == "CR1") "stata" else "CR2")
  answer <- c(fit$coefficients["armtreated"], fit$std.error["armtreated"])
}
cat(reader, format(answer, digits = 12), "\n")
status <- tryCatch(readLines("/proc/self/status"), error = function(e) character())
peak <- grep("^VmHWM", status, value = TRUE)
message("used ", if (length(peak)) gsub("[^0-9]", "", peak) else 0, " ", sum(proc.time()[1:2]))
