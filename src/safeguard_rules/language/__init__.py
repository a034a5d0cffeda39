"""The condition tree: operators, elaborating, English."""
