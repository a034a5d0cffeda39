"""Verdicts of many rules in one generated function: what rules share is worked out once, each list is read once."""
