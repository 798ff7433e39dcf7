-- one row per record of one delivery, and per leader where the record is of a unit
with records as (
  select *
  from read_csv(
    $path, header = false, auto_detect = false, delim = chr(31), quote = '', escape = '', max_line_size = 4194304,
    columns = { {{each cells: 'c#cell': 'VARCHAR',}} }
  )
),
texts as (
  select
    c1::bigint as line,
    coalesce({{each respondent: nullif(trim(c#cell), ''),}} null)::varchar as respondent,
    nfc_normalize(coalesce({{each leader: nullif(trim(c#cell), ''),}} null)::varchar) as leader,
    nfc_normalize(coalesce({{each unit: nullif(trim(c#cell), ''),}} null)::varchar) as unit,
    {{each weight: try_cast(replace(trim(c#cell), ',', '.') as double) as mapped_weight,}}
    {{each items: c#cell as raw#item, nullif(trim(c#cell), '') as text#item,}}
    {{each covariates: nullif(trim(c#cell), '') as background#covariate,}}
  from records
  where true {{each conditions: and coalesce(trim(c#cell), '') = $where_#condition}}
),
numbers as (
  select
    *,
    {{each items:
      try_cast(text#item as double) as plain#item,
      coalesce(plain#item, try_cast(replace(text#item, ',', '.') as double)) as number#item,
    }}
    {{each numeric: try_cast(replace(background#covariate, ',', '.') as double) as value#covariate,}}
    {{each coded: list_position($codes_#covariate, background#covariate)::double - 1 as value#covariate,}}
  from texts
),
missing as (
  select
    *,
    {{each items:
      case
        when text#item is null or number#item between $low_#item and $high_#item then null
        else list_position($missing_codes, text#item)
      end as missing#item,
    }}
    {{each covariates:
      coalesce(value#covariate between $covariate_low_#covariate and $covariate_high_#covariate, false) as valid#covariate,
    }}
  from numbers
),
answers as (
  select
    *,
    {{each items:
      case
        when missing#item is null
          then coalesce(number#item, list_extract($label_values::double[], list_position($labels, lower(text#item))))
      end as a#item,
      case
        when text#item is null then 1
        when missing#item is null then 0
        else list_extract($missing_kinds::bigint[], missing#item)
      end::utinyint as k#item,
    }}
    {{each covariates: case when valid#covariate then value#covariate end as c#covariate,}}
  from missing
),
faults as (
  select
    *,
    coalesce({{each weight: case when mapped_weight > 0 and isfinite(mapped_weight) then mapped_weight else 0 end,}} 1)::double as weight,
    case {{each items: when k#item = 0 and a#item is null then #item}} end as unreadable,
    case {{each items: when a#item not between $low_#item and $high_#item then #item}} end as outside,
    case
      {{each covariates:
        when not valid#covariate and background#covariate is not null
          and not list_contains($missing_codes, background#covariate) then #covariate
      }}
      when false then 0
    end as background_fault,
    not regexp_full_match(respondent, '[A-Za-z0-9_.-]+') as odd_respondent
  from answers
),
led as (
  select
    faults.* exclude (leader),
    coalesce({{each unit: placed.leader,}} faults.leader) as leader
  from faults
  {{each unit: left join placed on placed.level = $unit_level and placed.unit = faults.unit}}
),
checked as (
  select
    *,
    coalesce(leader in (select leader from listed), false) as known,
    not regexp_full_match(leader, '[A-Za-z0-9_.-]+') as odd_leader
  from led
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
  case when weight > 0 then weight else 1 end as weight,
  {{each items: a#item, k#item,}}
  {{each unasked: null::double as a#item, 4::utinyint as k#item,}}
  {{each covariates: c#covariate,}}
  {{each absent: null::double as c#covariate,}}
  hash(
    leader, $wave, $rater, coalesce(respondent, unit)
    {{each weight: , weight}}
    {{each items: , a#item, k#item}}
    {{each covariates: , c#covariate}}
  )::hugeint as content,
  case
    when $unit_column::varchar is not null and (unit is null or leader is null) then 'unit-unknown'
    when leader is null then 'leader-missing'
    when odd_leader then 'id-invalid'
    when $has_roster and not known then 'leader-not-in-roster'
    when odd_respondent then 'id-invalid'
    when unreadable > 0 then 'answer-not-a-number'
    when outside > 0 then 'answer-out-of-range'
    when background_fault > 0 then 'covariate-invalid'
    when weight = 0 then 'weight-invalid'
  end as fault,
  case
    when $unit_column::varchar is not null and leader is null then $unit_column
    when leader is null or odd_leader or ($has_roster and not known) then $leader_column
    when odd_respondent then $respondent_column
    when unreadable > 0 then list_extract($item_columns, unreadable)
    when outside > 0 then list_extract($item_columns, outside)
    when background_fault > 0 then list_extract($covariate_columns, background_fault)
    when weight = 0 then $weight_column
  end::varchar as fault_column,
  0 {{each items: + (plain#item is null and number#item is not null)::bigint}}
    {{each numeric: + coalesce(contains(background#covariate, ',') and value#covariate is not null, false)::bigint}}
    as decimal_commas,
  0 {{each items: + (raw#item is distinct from text#item)::bigint}} as trimmed,
  0 {{each items: + (number#item is null and a#item is not null)::bigint}} as labels
from checked
