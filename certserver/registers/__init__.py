"""What a municipality knows about its residents, read as one snapshot with a version."""
