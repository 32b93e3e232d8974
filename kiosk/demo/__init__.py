"""The demonstration of a terminal: a fictional site with virtual devices, whoever plays it, and what must come of it.
It stands on the terminal as composition puts it together; no terminal in service knows it.

`program` is `koufu-kiosk demo`, `bench` is `koufu-kiosk --virtual`. Journeys are in `residents` (at the kiosk),
`office` (at both sides of a counter) and `faults` (what breaks). They are played on a `stage` by what `playing` has."""
