-- Where the units of opened figures lie, as drawn on the tree's day: frozen with the figures.
alter table opened_publication add column map text not null default '';
