"""Packs that were read, built and checked before, kept as data between two runs (decision record 0007)."""
