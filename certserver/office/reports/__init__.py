"""Reports of a municipality: how many, how much, how fast. Numbers are asked of the database at the edge; what a table
says of them is pure. No report names a person."""
