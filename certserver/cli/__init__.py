"""The command line, koufu-server."""
