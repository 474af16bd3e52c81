-- What this place seals with, so that a workbook it sent out is known when it comes back. name tells places apart openly.
create table place_key (
  purpose text not null primary key,
  name text not null,
  secret text not null
);
