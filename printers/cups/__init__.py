"""A queue of this machine's CUPS in front of an IPP printer: what must hold of it, and the way of a job through it."""
