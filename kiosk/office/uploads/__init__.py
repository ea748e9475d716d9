"""Pictures for applications: from the terminal's camera, or from a phone by hand-over."""
