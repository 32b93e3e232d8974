"""What a demonstration stands on: a fictional site, its terminal with virtual devices, what lies in the trays."""
