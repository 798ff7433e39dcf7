# Fifteen significant digits, the most that jsonlite writes.
dir.create("../expected", showWarnings = FALSE)
write_expected <- function(answer, name) {
  versions <- sapply(c("clubSandwich", "estimatr", "psych", "multilevel", "lme4", "lmerTest", "pbkrtest", "lavaan"),
                     function(package) as.character(packageVersion(package)))
  text <- jsonlite::toJSON(c(list(made_with = c(R = paste(R.version$major, R.version$minor, sep = "."), as.list(versions))), answer),
                           digits = NA, auto_unbox = TRUE, pretty = TRUE, na = "null")
  writeLines(text, file.path("../expected", name))
}
