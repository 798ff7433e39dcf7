-- one row per reading of a delivery of which other deliveries write respondents' ids otherwise: how many, and one of them
with
  read as (select part, rater from staged_deliveries where list_contains($parts::bigint[], part)),
  asked as (
    select respondent from respondent_forms
    union
    select bare as respondent from respondent_forms
  ),
  named as materialized (
    select distinct part, respondent from staged_rows semi join asked using (respondent)
  ),
  written as (
    select part, respondent, respondent as bare from named
    union
    select part, respondent, bare from respondent_forms
  ),
  same as (
    select forms.part, forms.respondent, written.part as other, written.respondent as otherwise
    from respondent_forms forms
    join written on written.bare = forms.bare and written.part <> forms.part and written.respondent <> forms.respondent
    join read as one on one.part = forms.part
    join read as two on two.part = written.part and two.rater = one.rater
  )
select part, count(distinct respondent)::bigint as respondents, min(other)::uinteger as other
from same
where not exists (select 1 from named where named.part = same.other and named.respondent = same.respondent)
  and not exists (select 1 from named where named.part = same.part and named.respondent = same.otherwise)
group by part
order by part
