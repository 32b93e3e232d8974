"""The copy-warning ground's cells: what a server prints under a certificate and a terminal tries on its printer must be
the same dots. Pure; knows neither sheets nor devices."""
