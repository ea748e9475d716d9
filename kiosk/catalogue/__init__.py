"""The catalogue on the terminal: guides, forms and hall information that need no office."""
