"""Packs and localities: models, loading, names, citations, digests, hooks."""
