# The surveys that lose leaders: rows of one wave with the leader's baseline mean, and who was trained (two sessions or
# more; a control leader without a note was in none, another leader without one is left out).
surveys <- list(
  three = list(file = "left-three.csv", arms = c("control", "a", "b"), block = " + block"),
  two = list(file = "left-two.csv", arms = c("control", "a"), block = ""),
  binary = list(file = "left-binary.csv", arms = c("control", "a"), block = " + block"))

read_left <- function(survey) {
  rows <- read.csv(file.path("../input", survey$file), colClasses = c(leader = "character", arm = "character", block = "character"))
  rows$arm <- factor(rows$arm, levels = survey$arms)
  rows$block <- factor(rows$block)
  rows$attended[is.na(rows$attended) & rows$arm == "control"] <- 0
  rows
}

before <- function(rows, column) tapply(rows[[column]][rows$wave == "before"], rows$leader[rows$wave == "before"], mean)

filled <- function(means, leaders) {
  values <- as.numeric(means[leaders])
  values[is.na(values)] <- mean(values[!is.na(values)])
  values
}

at_wave <- function(rows, wave) {
  after <- rows[rows$wave == wave, ]
  after$baseline <- filled(before(rows, "y"), after$leader)
  after$missing <- as.numeric(!(after$leader %in% names(before(rows, "y"))))
  after[!is.na(after$x2), ]
}

own_columns <- function(rows, survey) paste0("baseline", if (any(rows$missing == 1)) " + missing", survey$block, " + x1 + x2")
