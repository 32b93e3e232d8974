"""How an officer comes into the console: by a one-time way in, by password and code, by passkey; and who is in."""
