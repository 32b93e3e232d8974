"""Is this sheet true: reads codes back from pictures of it and holds them against the keys."""
