"""The stages of issuing, in their one order. Each takes only what the stage before it gave."""
