"""One citizen service each."""
