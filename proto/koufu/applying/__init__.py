"""What both ends must agree on about the form of a card application: how its fields are written. Pure."""
