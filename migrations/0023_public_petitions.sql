-- The public site lists petitions that were opened, newest first.
create index petition_by_public_day on petition (public_on, id);
