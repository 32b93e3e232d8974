"""Thousands of visits in one kiosk process: what is left behind after each, and how fast its screens answer."""
