"""Strict YAML and JSON to nodes that know their places; nodes to typed models."""
