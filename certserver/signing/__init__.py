"""The municipality's keys and what they sign."""
