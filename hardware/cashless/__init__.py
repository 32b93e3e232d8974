"""Paying without cash: a payment terminal beside the cash device."""
