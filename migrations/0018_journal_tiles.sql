-- Roots of complete subtrees of the journal's Merkle tree (RFC 6962): 256 leaves at level 8, 65,536 at level 16.
create table journal_tile (
  level smallint not null,
  position bigint not null,
  hash text not null,
  primary key (level, position)
);
