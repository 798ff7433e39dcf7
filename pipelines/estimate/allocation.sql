-- one row per study with arms
select study, allocated_by, randomised, assigned, seed from allocations
