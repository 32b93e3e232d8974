"""One action for each effect: where the flow meets devices and the server."""
