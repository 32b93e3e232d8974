"""Puts the terminal together: the one place where clock, randomness, threads, devices and window are real."""
