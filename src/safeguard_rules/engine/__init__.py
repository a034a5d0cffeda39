"""Evaluating: the walk that explains, compiled rules, merging, questions, comparison."""
