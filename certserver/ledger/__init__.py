"""What was issued: one transaction at release, and the audit log that one command verifies."""
