"""The facts that rules may test, derived from the case models, and the derived ones."""
