"""A fictional municipality with every hard case, generated reproducibly."""
