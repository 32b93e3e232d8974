"""Which terminals are served, how each of them is, and by what it proves itself."""
