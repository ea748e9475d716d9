"""Screens become pixels, touches become events; the only place with Qt."""
