"""The electronic licence store: what agencies issued to a person, to be shown, submitted and printed instead of brought."""
