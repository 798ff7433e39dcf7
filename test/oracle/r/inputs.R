# Made-up surveys for the tests, written to ../input. Run the scripts of this folder from this folder.
dir.create("../input", showWarnings = FALSE)

survey <- function(seed, leaders, arms, blocks, waves, sizes, binary) {
  set.seed(seed)
  leader <- data.frame(leader = sprintf("L%02d", seq_len(leaders)))
  leader$block <- if (blocks > 0) sprintf("b%d", (seq_len(leaders) - 1) %% blocks + 1) else ""
  leader$arm <- arms[((seq_len(leaders) - 1) %/% max(blocks, 1)) %% length(arms) + 1]
  leader$level <- rnorm(leaders, 0, 8)
  rows <- do.call(rbind, lapply(seq_len(leaders), function(g) {
    do.call(rbind, lapply(seq_along(waves), function(w) {
      n <- sizes(g, w)
      if (n == 0) return(NULL)
      x1 <- sample(0:1, n, TRUE)
      x2 <- round(pmin(50, rexp(n, 1 / 8)), 1)
      x2[runif(n) < 0.04] <- NA
      mean <- 50 + leader$level[g] + 3 * x1 + ifelse(is.na(x2), 0, 0.2 * x2) +
        (w > 1) * (2 + 4 * match(leader$arm[g], arms) - 4)
      y <- mean + rnorm(n, 0, 15)
      data.frame(leader = leader$leader[g], arm = leader$arm[g], block = leader$block[g], wave = waves[w],
                 y = if (binary) as.integer(y > 55) else round(y * 32 / 100) * 100 / 32, x1 = x1, x2 = x2)
    }))
  }))
  rows$x3 <- rows$x1 + 2 * rows$x2
  rows
}

write <- function(rows, name) write.csv(rows, file.path("../input", name), row.names = FALSE, quote = FALSE, na = "")

# Four arms in five blocks; sizes from one to twelve, some leaders without one of the waves.
write(survey(1, 40, c("control", "a", "b", "c"), 5, c("before", "after"), function(g, w) {
  if (g %in% c(4, 19) && w == 1 || g %in% c(7, 28) && w == 2) 0 else if (g %% 9 == 0) 1 else sample(2:12, 1)
}, FALSE), "forty.csv")
# Two arms of four leaders, no blocks.
write(survey(2, 8, c("control", "a"), 0, c("before", "after"), function(g, w) sample(3:15, 1), FALSE), "eight.csv")
# Pairs as blocks, a 0/1 outcome, three waves, singletons.
write(survey(3, 24, c("control", "a"), 12, c("before", "after", "later"), function(g, w) {
  if (g == 5 && w == 1) 0 else if (g %in% c(2, 11)) 1 else sample(2:9, 1)
}, TRUE), "pairs.csv")

# Three arms in ten blocks, four waves.
write(survey(11, 30, c("control", "a", "b"), 10, c("before", "spring", "summer", "autumn"), function(g, w) {
  if (g %% 8 == w) 0 else sample(1:9, 1)
}, FALSE), "seasons.csv")
# Three arms, three waves; many leaders with one answer, some in one wave only, one never at the baseline.
write(survey(12, 18, c("control", "a", "b"), 0, c("before", "after", "later"), function(g, w) {
  if (g == 4 && w == 1 || g %in% c(6, 13) && w > 1 || g %in% c(9, 10, 11) && w == 3) 0 else if (g %% 2 == 0) 1 else sample(2:6, 1)
}, FALSE), "gaps.csv")

items <- function(seed, teams, size, loadings, missing) {
  set.seed(seed)
  do.call(rbind, lapply(seq_len(teams), function(g) {
    n <- size(g)
    trait <- rnorm(1, 0, 0.5) + rnorm(n)
    answers <- sapply(loadings, function(l) pmin(5, pmax(1, round(3 + l * trait + rnorm(n, 0, 0.8)))))
    answers <- matrix(answers, nrow = n)
    answers[matrix(runif(length(answers)) < missing, nrow = n)] <- NA
    data.frame(leader = sprintf("T%02d", g), setNames(as.data.frame(answers), paste0("i", seq_along(loadings))))
  }))
}
write(items(4, 30, function(g) if (g == 3) 1 else sample(2:14, 1), c(0.9, 0.7, 0.8, 0.6, 1), 0), "items-complete.csv")
write(items(5, 25, function(g) sample(2:10, 1), c(0.9, 0.7, 0.8, 0.5, 0.6, 1, 0.7, 0.4), 0.15), "items-missing.csv")
write(items(6, 12, function(g) sample(2:8, 1), c(0.9, 0.8, -0.7, 0.6), 0), "items-turned.csv")
write(items(7, 12, function(g) sample(2:8, 1), c(0.9, 0.7), 0), "items-two.csv")
write(items(8, 12, function(g) sample(1:8, 1), 0.9, 0), "items-one.csv")

# Leaders rated by themselves and by their employees on `lead`, by employees alone on `other`.
ratings <- function(seed, leaders, arms, waves, sizes, silent) {
  set.seed(seed)
  do.call(rbind, lapply(seq_len(leaders), function(g) {
    arm <- if (length(arms) > 0) arms[(g - 1) %% length(arms) + 1] else ""
    level <- rnorm(1, 0, 8)
    do.call(rbind, lapply(seq_along(waves), function(w) {
      moved <- (w > 1) * 3 * match(arm, arms, 0)
      own <- round(pmin(100, pmax(0, 58 + level + 1.5 * moved + rnorm(1, 0, 9))) * 32 / 100) * 100 / 32
      n <- sizes(g, w)
      lead <- 52 + level + moved + rnorm(n, 0, 14)
      team <- data.frame(rater = rep("employee", 2 * n), scale = rep(c("lead", "other"), each = n),
                         y = c(lead, 45 + 0.3 * lead - 0.01 * (own - 55)^2 + rnorm(n, 0, 10)))
      if (runif(1) >= silent) team <- rbind(team, data.frame(rater = "self", scale = "lead", y = own))
      if (nrow(team) == 0) return(NULL)
      team$y <- round(pmin(100, pmax(0, team$y)) * 32 / 100) * 100 / 32
      cbind(leader = sprintf("L%02d", g), arm = arm, wave = waves[w], team)
    }))
  }))
}
write(ratings(9, 60, c("control", "a", "b", "c"), c("before", "after"), function(g, w) {
  if (g %% 17 == 3 && w == 1) 0 else if (g %% 13 == 0) 1 else sample(2:14, 1)
}, 0.08), "ratings-sixty.csv")
write(ratings(10, 10, c("control", "a"), c("before", "after"), function(g, w) sample(3:12, 1), 0), "ratings-ten.csv")
write(ratings(11, 25, character(0), c("before", "after", "later"), function(g, w) sample(1:9, 1), 0.1), "ratings-plain.csv")
# Surveys that lose leaders: three waves, two outcomes (m and y), sessions attended (blank: not noted).
left <- function(seed, leaders, arms, blocks, binary, control_attended) {
  set.seed(seed)
  leader <- data.frame(leader = sprintf("L%03d", seq_len(leaders)))
  leader$block <- if (blocks > 0) sprintf("b%d", (seq_len(leaders) - 1) %% blocks + 1) else ""
  leader$arm <- arms[((seq_len(leaders) - 1) %/% max(blocks, 1)) %% length(arms) + 1]
  treated <- leader$arm != arms[1]
  leader$level <- rnorm(leaders, 0, 8)
  leader$attended <- ifelse(treated, ifelse(runif(leaders) < 0.25, 0, sample(1:6, leaders, TRUE)), 0)
  leader$attended[sample(which(!treated), control_attended)] <- 3
  trained <- leader$attended >= 2
  gone <- sapply(1:2, function(w) runif(leaders) < plogis(-1.6 - 0.06 * leader$level + 0.7 * (treated & !trained)))
  gone[, 2] <- gone[, 1] | gone[, 2]
  leader$attended[c(5, 6)] <- NA
  rows <- do.call(rbind, lapply(seq_len(leaders), function(g) do.call(rbind, lapply(1:3, function(w) {
    if (w > 1 && gone[g, w - 1] || w == 1 && g == 3) return(NULL)
    n <- if (g %% 11 == 0) 1 else sample(2:8, 1)
    x1 <- sample(0:1, n, TRUE)
    x2 <- round(pmin(50, rexp(n, 1 / 8)), 1)
    x2[runif(n) < 0.04] <- NA
    m <- 50 + leader$level[g] + 2 * x1 + (w > 1) * 6 * trained[g] + rnorm(n, 0, 12)
    y <- 45 + 0.3 * (m - 50) + 0.5 * leader$level[g] + (w > 1) * 3 * trained[g] + rnorm(n, 0, 12)
    data.frame(leader[g, c("leader", "arm", "block")], row.names = NULL, wave = c("before", "after", "later")[w],
               y = if (binary) as.integer(y > 48) else round(y, 1), m = round(m, 1), x1 = x1, x2 = x2,
               attended = leader$attended[g])
  }))))
  rows
}
write(left(21, 72, c("control", "a", "b"), 4, FALSE, 0), "left-three.csv")
write(left(22, 40, c("control", "a"), 0, FALSE, 4), "left-two.csv")
write(left(23, 48, c("control", "a"), 6, TRUE, 0), "left-binary.csv")

# Two arms, one row per randomised unit, blank where it is lost.
lost <- function(set, control, treated, values) {
  arm <- function(name, sizes) data.frame(set = set, arm = name, y = c(values(sizes[2]), rep(NA, sizes[1] - sizes[2])))
  rbind(arm("control", control), arm("treated", treated))
}
set.seed(24)
write(rbind(
  lost("treated-trimmed", c(31, 22), c(29, 27), function(n) round(rnorm(n, 50, 10), 2)),
  lost("control-trimmed", c(40, 37), c(38, 25), function(n) round(rnorm(n, 50, 10), 2)),
  lost("ties", c(30, 21), c(30, 28), function(n) sample(1:4, n, TRUE)),
  lost("whole-number", c(20, 15), c(40, 40), function(n) round(rnorm(n, 50, 10), 2)),
  lost("whole-number-ties", c(20, 10), c(20, 16), function(n) sample(1:3, n, TRUE)),
  lost("equal-shares", c(20, 15), c(40, 30), function(n) round(rnorm(n, 50, 10), 2)),
  lost("few", c(4, 2), c(4, 3), function(n) round(rnorm(n, 50, 10), 2))
), "lost.csv")

# Trained leaders sit in classes; every leader answers for several waves, and drifts from one to the next.
training <- function(seed, leaders, arms, waves, class_size, spread, sizes) {
  set.seed(seed)
  leader <- data.frame(leader = sprintf("L%02d", seq_len(leaders)))
  leader$block <- sprintf("b%d", (seq_len(leaders) - 1) %/% length(arms) %% 3 + 1)
  leader$arm <- arms[(seq_len(leaders) - 1) %% length(arms) + 1]
  place <- ave(seq_len(leaders), leader$arm, FUN = seq_along)
  class <- paste0(leader$arm, ceiling(place / class_size))
  leader$class <- ifelse(leader$arm == arms[1], "", class)
  lift <- rnorm(leaders, 0, spread[["class"]])[match(class, unique(class))]
  level <- rnorm(leaders, 0, spread[["leader"]])
  do.call(rbind, lapply(seq_len(leaders), function(g) {
    do.call(rbind, lapply(seq_along(waves), function(w) {
      n <- sizes(g, w)
      drift <- rnorm(1, 0, spread[["wave"]])
      if (n == 0) return(NULL)
      trained <- leader$class[g] != "" && w > 1
      x1 <- sample(0:1, n, TRUE)
      y <- 50 + level[g] + drift + 3 * x1 + trained * (4 + lift[g]) + rnorm(n, 0, 12)
      data.frame(leader = leader$leader[g], arm = leader$arm[g], block = leader$block[g], class = leader$class[g],
                 wave = waves[w], y = round(y * 32 / 100) * 100 / 32, x1 = x1)
    }))
  }))
}
# Three arms, four waves some of which leaders miss, leaders with one answer.
write(training(9, 45, c("control", "a", "b"), c("before", "after", "later", "last"), 4, c(class = 14, leader = 6, wave = 5),
               function(g, w) if ((g * w) %% 11 == 7) 0 else if (g %% 8 == 0) 1 else sample(2:11, 1)), "classes.csv")
# Eight trained leaders in three classes, eight untrained.
write(training(12, 16, c("control", "a"), c("before", "after"), 3, c(class = 16, leader = 4, wave = 2),
               function(g, w) sample(3:9, 1)), "classes-few.csv")
# Classes and waves that make no difference, so that their variances are estimated as zero.
write(training(15, 36, c("control", "a"), c("before", "after"), 6, c(class = 0, leader = 5, wave = 0),
               function(g, w) if (g == 3 && w == 1) 0 else sample(1:10, 1)), "classes-flat.csv")
# The surveys again with who answered and a sampling weight per response; some people come, some go, some change leader.
with_people <- function(name, seed) {
  rows <- read.csv(file.path("../input", name), colClasses = c(block = "character"))
  set.seed(seed)
  rows$respondent <- ave(seq_len(nrow(rows)), rows$leader, rows$wave, FUN = function(i) sample(length(i) + 2, length(i)))
  rows$respondent <- ifelse(runif(nrow(rows)) < 0.05, sprintf("P%02d", rows$respondent), paste0(rows$leader, "-", rows$respondent))
  rows <- rows[!duplicated(rows[c("leader", "wave", "respondent")]), ]
  rows$weight <- round(rexp(nrow(rows)) + 0.2, 3)
  write(rows, paste0("people-", name))
}
with_people("forty.csv", 9)
with_people("eight.csv", 10)
with_people("pairs.csv", 11)
