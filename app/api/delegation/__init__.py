"""Relatives who may, over HTTP."""
