"""Relatives who may: invitations, the terms of a delegation, and how it is changed, paused and ended."""
