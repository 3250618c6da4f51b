"""Tokens for case systems."""
