"""The use cases of municipal officers, called by the command line and the console alike: each asks whether it may, does
one thing, notes it in the audit log, and returns values."""
