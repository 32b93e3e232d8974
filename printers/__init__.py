"""Printers behind one driver Protocol. Knows no Qt and no gRPC."""
