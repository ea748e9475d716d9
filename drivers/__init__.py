"""Hardware becomes events here; nothing in this package knows of the kiosk or of Qt."""
