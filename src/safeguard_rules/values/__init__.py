"""Small immutable values: truth, frozen maps, partial dates, durations, the UK clock, working days."""
