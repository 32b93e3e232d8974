"""What a hand-over at the counter has done: asked of the server, set on the card, printed."""
