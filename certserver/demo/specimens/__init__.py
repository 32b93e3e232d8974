"""Fictional specimens of every document, for pictures and tests: usual cases and the hardest a register has."""
