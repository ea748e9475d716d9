"""Pages that the office serves to browsers: the window desk, the hall display, phones."""
