"""A day of a post office, scene by scene at both sides of its counter."""
