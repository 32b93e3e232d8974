"""Runs the flow: takes events one by one, steps, hands effects to actions."""
