"""Running a pack's cases."""
