"""The camera in front of which somebody sits, and finding faces in what it shows."""
