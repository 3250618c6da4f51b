"""Appointments across hospital, municipality and doctor: one list over all sources."""
