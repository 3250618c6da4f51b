"""Appointment documents (APD-DK, a CDA document) of one citizen."""

from app.gateways.apd.document import is_mine, read

__all__ = ["is_mine", "read"]
