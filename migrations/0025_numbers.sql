-- What totals are made of is kept in memory as long as these numbers stand: raised in the transaction that changes
-- facts of a period (by a part of the units, so that many may write at once), or the tree.
create table fact_number (
  period text not null,
  shard bigint not null,
  number bigint not null,
  primary key (period, shard)
);
create table tree_number (
  id bigint primary key check (id = 1),
  number bigint not null
);
insert into tree_number (id, number) values (1, 1);
