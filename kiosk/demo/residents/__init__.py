"""What residents do at the kiosk: the main job, and an errand for every kind of certificate."""
