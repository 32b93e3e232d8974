"""Puts the server together: the one place where clock, randomness, keys and storage are real."""
