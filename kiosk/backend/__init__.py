"""The terminal's side of the office."""
