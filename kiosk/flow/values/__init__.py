"""The terminal's own values, free of wire and window: a module for each subject."""
