"""JSON Schemas (2020-12) of every kind of file, for editors and for whoever sends cases."""
