"""Alembic's scripts for the office's database."""
