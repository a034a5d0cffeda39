"""What an evaluation looks like to people and to machines: one file per form."""
