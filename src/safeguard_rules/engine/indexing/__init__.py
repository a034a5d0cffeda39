"""An index over facts for rulebooks of many rules: one bit per rule, one mask per field and value."""
