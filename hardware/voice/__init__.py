"""Sentences said aloud: synthesised on the machine itself, played through ALSA."""
