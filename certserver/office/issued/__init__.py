"""What was issued, and what became of it: searched, told, marked and called back. Content of documents is not here."""
