-- A second step of signing in, and what a person sees of their own sessions.
create table second_factor (
  account_id bigint primary key references account (id),
  sealed_secret text not null,
  is_on smallint not null default 0 check (is_on in (0, 1)),
  last_step bigint not null default 0,
  begun_at bigint not null
);
create table recovery_code (
  account_id bigint not null references account (id),
  code_hash text not null,
  used_at bigint,
  primary key (account_id, code_hash)
);
alter table session add column agent text not null default '';
