"""A document scanner: what lies on its glass as a picture file."""
