"""Garbage for every parser of outside bytes, for as long as one likes: `make fuzz`."""
