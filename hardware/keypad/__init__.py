"""The key pad that a PIN is typed on."""
