"""The papers of a counter: what stands on each, and where. Pure: they know no wire, no database and no clock."""
