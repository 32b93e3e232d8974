"""What a resident sees when something breaks, fault by fault."""
