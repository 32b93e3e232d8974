"""What a municipality sets: drafts of whole subjects, the difference they make, approved by another person, in force
at an instant, and rolled back."""
