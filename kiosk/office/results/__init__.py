"""What was decided about a case, and its copies."""
