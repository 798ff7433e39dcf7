-- one row per reading of a delivery of which other deliveries write respondents' ids otherwise: how many, and one of them
with
  read as (select part, rater from staged_deliveries where list_contains($parts::bigint[], part)),
  written as (
    select part, respondent, respondent as bare from staged_rows
    where respondent in (select bare from respondent_forms)
    union all
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
where not exists (select 1 from staged_rows s where s.part = same.other and s.respondent = same.respondent)
  and not exists (select 1 from staged_rows s where s.part = same.part and s.respondent = same.otherwise)
group by part
order by part
