"""A panel beside the kiosk to steer its virtual devices, by hand or by a scenario."""
