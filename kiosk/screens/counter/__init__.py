"""Presenters of the counter: the clerk's window, and what a case shows on the resident's."""
