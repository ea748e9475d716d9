"""Bookings: times that can be had, holds that become bookings, and bookings that become tickets at the hall."""
