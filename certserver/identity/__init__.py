"""Who is it: X.509 chain, validity, revocation, answer to the challenge, and the resident behind it."""
