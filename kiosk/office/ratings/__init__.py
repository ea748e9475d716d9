"""Evaluation (好差评): kept without who and when; the bad ones are looked into."""
