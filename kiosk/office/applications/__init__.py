"""Applications: checked against the form and the guide, and made a case."""
