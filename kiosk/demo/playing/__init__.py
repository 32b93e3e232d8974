"""How a demonstration is played: scripted people at the real windows, acts, and pictures of what was seen."""
