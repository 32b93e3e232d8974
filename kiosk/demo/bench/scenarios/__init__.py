"""Scenarios that come with koufu, played by `koufu-kiosk --virtual --scenario FILE`."""
