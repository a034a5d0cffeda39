"""Lint: what is no error in a pack, and what a thoughtful colleague would ask about all the same."""
