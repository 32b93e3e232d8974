"""What is left where: sheets in the tray, people in front, lamps and voice."""
