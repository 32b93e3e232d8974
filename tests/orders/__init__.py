"""Many terminals at once, and registers that change under them: `make orders`."""
