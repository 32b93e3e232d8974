"""The case of papers on both windows."""
