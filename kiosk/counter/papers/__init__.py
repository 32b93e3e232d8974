"""Papers of the counter as a case: forms to fill in by hand, sheets that explain, and where to go. Nobody's data."""
