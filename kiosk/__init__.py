"""The terminal that stands in post offices and shops."""
