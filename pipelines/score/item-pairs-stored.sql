-- one row per scale, wave, rater and pair of items
select * from item_pairs
