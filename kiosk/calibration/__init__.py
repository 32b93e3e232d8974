"""The calibration sheet: which copy-warning ground suits a terminal's printer. Knows no window, wire, card or money."""
