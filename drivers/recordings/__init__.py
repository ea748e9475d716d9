"""Recordings of a device's line: written without anything about a citizen, read, and played to the driver."""
