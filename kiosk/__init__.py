"""The core of the terminal and what runs it: no Qt and no hardware library."""
