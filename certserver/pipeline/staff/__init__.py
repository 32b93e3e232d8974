"""The use cases of staff who work at counters: signing in and out, and what takes two."""
