"""The reference office: the HTTP contract the terminal speaks, served from a database."""
