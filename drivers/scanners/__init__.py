"""Scanners of bar and QR codes."""
