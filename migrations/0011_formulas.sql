-- What derived indicators are made of, and what adds up to what.
-- value = (factor above / factor below) * sum of the terms above / sum of the terms below; side: 0 above, 1 below.
-- position 0 holds the factor and has no part; no terms below: it does not divide. A coefficient is coefficient / 10^decimals.
create table indicator_term (
  indicator_id bigint not null references indicator (id),
  side smallint not null check (side in (0, 1)),
  position bigint not null,
  part_id bigint references indicator (id),
  coefficient bigint not null,
  decimals bigint not null default 0 check (decimals between 0 and 18),
  primary key (indicator_id, side, position),
  check ((position = 0) = (part_id is null))
);
create index indicator_term_by_part on indicator_term (part_id);
alter table indicator add column formula text;
alter table indicator add column revision bigint not null default 1;
-- Ratios of two indicators become formulas; numerator_id and denominator_id are no longer used.
insert into indicator_term (indicator_id, side, position, part_id, coefficient)
  select id, 0, 1, numerator_id, 1 from indicator where numerator_id is not null;
insert into indicator_term (indicator_id, side, position, part_id, coefficient)
  select id, 1, 1, denominator_id, 1 from indicator where denominator_id is not null;
insert into indicator_term (indicator_id, side, position, part_id, coefficient)
  select id, 0, 0, null, 100 from indicator where numerator_id is not null and measure_unit = '%';
update indicator set formula = '[' || (select code from indicator n where n.id = indicator.numerator_id) || '] / ['
  || (select code from indicator d where d.id = indicator.denominator_id) || ']'
  || case when measure_unit = '%' then ' * 100' else '' end
  where numerator_id is not null;
update indicator set numerator_id = null, denominator_id = null where numerator_id is not null;
-- A whole and its parts. adds_up: 1 the parts of one breakdown add up to the whole, 0 they are of it ("trong đó").
create table indicator_part (
  whole_id bigint not null references indicator (id),
  breakdown text not null,
  position bigint not null,
  part_id bigint not null references indicator (id),
  adds_up smallint not null check (adds_up in (0, 1)),
  primary key (whole_id, breakdown, position)
);
create unique index indicator_part_once on indicator_part (whole_id, breakdown, part_id);
create index indicator_part_by_part on indicator_part (part_id);
-- Totals read facts indicator by indicator: one total must not walk over all the others. What is asked of one unit
-- must not be drawn into this index, so it is of actual figures only and such questions do not say so plainly.
drop index fact_scan;
create index fact_scan on fact (period, indicator_id, unit_id, status, state, amount, at, kind) where kind = 0;
