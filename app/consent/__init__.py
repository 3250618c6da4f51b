"""Consents: what a citizen has allowed, refused and blocked."""
