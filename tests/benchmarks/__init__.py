"""What a visit costs, beside named peers in the same run: `make bench`."""
