-- one row per scale, wave, rater, pair of items (i ≤ j) and pair of answers to them
select * from item_tables
