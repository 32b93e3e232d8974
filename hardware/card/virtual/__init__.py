"""A My Number card in software: its applet, a test CA hierarchy for its X.509s, and two readers to put it in."""
