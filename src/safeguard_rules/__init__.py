"""Recommended actions for safeguarding babies, each with the guidance it comes from."""
