"""Reminders: what a citizen prefers of when, about what and how they are reminded."""
