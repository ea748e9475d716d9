"""Cameras: for codes and for pages."""
