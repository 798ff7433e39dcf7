-- one row per reading of a delivery that the study no longer has
select part from staged_deliveries where part not in (select part from deliveries)
