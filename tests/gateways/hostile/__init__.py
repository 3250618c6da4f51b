"""Hostile files, made when they are needed."""
