-- one row per record of one delivery, and per leader where the record is of a unit
with layout as (
  select
    from_json($item_cells::json, '["BIGINT"]') as item_cells,
    from_json($item_columns::json, '["VARCHAR"]') as item_columns,
    from_json($item_lows::json, '["DOUBLE"]') as item_lows,
    from_json($item_highs::json, '["DOUBLE"]') as item_highs,
    from_json($missing_codes::json, '["VARCHAR"]') as missing_codes,
    from_json($missing_kinds::json, '["BIGINT"]') as missing_kinds,
    from_json($labels::json, '["VARCHAR"]') as labels,
    from_json($label_values::json, '["DOUBLE"]') as label_values,
    from_json($covariate_cells::json, '["BIGINT"]') as covariate_cells,
    from_json($covariate_columns::json, '["VARCHAR"]') as covariate_columns,
    from_json($covariate_lows::json, '["DOUBLE"]') as covariate_lows,
    from_json($covariate_highs::json, '["DOUBLE"]') as covariate_highs,
    from_json($covariate_codes::json, '[["VARCHAR"]]') as covariate_codes,
    from_json($where_cells::json, '["BIGINT"]') as where_cells,
    from_json($where_values::json, '["VARCHAR"]') as where_values
),
records as (
  select list_value(*columns(*)) as cells
  from read_csv($path, header = false, all_varchar = true, delim = chr(31), quote = '', escape = '', sample_size = 2048)
),
texts as (
  select
    cells[1]::bigint as line,
    nullif(trim(cells[$respondent_cell]), '') as respondent,
    nfc_normalize(nullif(trim(cells[$leader_cell]), '')) as leader,
    nfc_normalize(nullif(trim(cells[$unit_cell]), '')) as unit,
    list_transform(list_select(cells, item_cells), lambda c: nullif(trim(c), '')) as items,
    list_transform(list_select(cells, covariate_cells), lambda c: nullif(trim(c), '')) as background,
    len(list_filter(list_select(cells, item_cells), lambda c: c <> trim(c))) as trimmed
  from records, layout
  where list_transform(list_select(cells, where_cells), lambda c: coalesce(trim(c), '')) = where_values
),
numbers as (
  select
    texts.*,
    list_transform(items, lambda c, i: case
      when try_cast(replace(c, ',', '.') as double) between item_lows[i] and item_highs[i] then null
      else list_position(missing_codes, c)
    end) as missing,
    list_transform(items, lambda c: try_cast(replace(c, ',', '.') as double)) as plain,
    list_transform(background, lambda c, i: case
      when covariate_codes[i] is not null then list_position(covariate_codes[i], c)::double - 1
      else try_cast(replace(c, ',', '.') as double)
    end) as covariates
  from texts, layout
),
answers as (
  select
    numbers.*,
    list_transform(plain, lambda v, i: case
      when missing[i] is not null then null
      when v is not null then v
      when items[i] is null then null
      else label_values[list_position(labels, lower(items[i]))]
    end) as answers,
    list_transform(covariates, lambda v, i: coalesce(v between covariate_lows[i] and covariate_highs[i], false)) as valid,
    list_transform(items, lambda c, i: case
      when item_cells[i] = 0 then 4
      when c is null then 1
      when missing[i] is not null then missing_kinds[missing[i]]
      else 0
    end) as kinds
  from numbers, layout
),
faults as (
  select
    answers.*,
    list_position(list_transform(kinds, lambda k, i: k = 0 and answers[i] is null), true) as unreadable,
    list_position(list_transform(answers, lambda v, i: not (v between item_lows[i] and item_highs[i])), true) as outside,
    list_position(
      list_transform(valid, lambda v, i: not v and background[i] is not null and not list_contains(missing_codes, background[i])),
      true
    ) as background_fault
  from answers, layout
),
placed as (
  select faults.* exclude (leader), coalesce(placements.leader, faults.leader) as leader, roster.leader as known
  from faults
  left join placements on placements.level = $unit_level and placements.unit = faults.unit
  left join roster on roster.leader = coalesce(placements.leader, faults.leader)
)
select
  $delivery::bigint as delivery,
  line,
  case
    when respondent is not null then sha256($pseudonym_key || chr(31) || respondent)
    when $rater in ('self', 'indicator') then sha256($pseudonym_key || chr(31) || coalesce(unit, leader))
  end as respondent,
  leader,
  $wave as wave,
  $rater as rater,
  answers,
  kinds,
  list_transform(covariates, lambda v, i: case when valid[i] then v end) as covariates,
  case
    when $unit_cell > 0 and unit is null then 'unit-unknown'
    when $unit_cell > 0 and leader is null then 'unit-unknown'
    when leader is null then 'leader-missing'
    when not regexp_full_match(leader, '[A-Za-z0-9_.-]+') then 'id-invalid'
    when $has_roster and known is null then 'leader-not-in-roster'
    when respondent is not null and not regexp_full_match(respondent, '[A-Za-z0-9_.-]+') then 'id-invalid'
    when unreadable > 0 then 'answer-not-a-number'
    when outside > 0 then 'answer-out-of-range'
    when background_fault > 0 then 'covariate-invalid'
  end as fault,
  case
    when $unit_cell > 0 and leader is null then $unit_column
    when leader is null or not regexp_full_match(leader, '[A-Za-z0-9_.-]+') or ($has_roster and known is null)
      then $leader_column
    when respondent is not null and not regexp_full_match(respondent, '[A-Za-z0-9_.-]+') then $respondent_column
    when unreadable > 0 then item_columns[unreadable]
    when outside > 0 then item_columns[outside]
    when background_fault > 0 then covariate_columns[background_fault]
  end as fault_column,
  len(list_filter(list_concat(items, background), lambda c: contains(c, ',') and try_cast(replace(c, ',', '.') as double) is not null))
    as decimal_commas,
  trimmed,
  len(list_filter(plain, lambda v, i: v is null and answers[i] is not null)) as labels
from placed, layout
