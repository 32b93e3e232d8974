"""A card application at the counter, from the first question to "sent to the municipality", and back when it is
returned. Pure; what the rules allow and what is enough, the server says."""
