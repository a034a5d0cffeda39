"""Packs as pages that a browser shows from a folder, without a server: models of the pages, and their rendering."""
