"""Simulators of parties outside, behind gRPC: whoever issues X.509s, the card-writing terminal, the card maker, the
resident network and the mail."""
