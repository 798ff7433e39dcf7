-- one row per reading of a delivery that holds rows of these respondents
select part, staged_deliveries.wave, staged_deliveries.rater, count(distinct line)::bigint as rows
from staged_rows
join staged_deliveries using (part)
where list_contains($respondents, respondent)
group by all
order by part
