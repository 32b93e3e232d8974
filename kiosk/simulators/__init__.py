"""Simulators of parties outside, behind gRPC: whoever issues X.509s, and the card-writing terminal."""
