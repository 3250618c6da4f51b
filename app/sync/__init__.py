"""Copies on devices: pull what somebody may see, sealed to a device, and push what was done on it."""
