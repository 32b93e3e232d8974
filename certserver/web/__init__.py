"""What every page of a municipality's server has in common: guarded headers, bounds, a steady pace, and its files."""
