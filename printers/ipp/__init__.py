"""Direct IPP to an A4 printer: own bounded codec, HTTP with a deadline, and the driver."""
