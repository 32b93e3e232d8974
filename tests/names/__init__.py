"""Names fuzzed over everything the fonts for values can set: `make names`."""
