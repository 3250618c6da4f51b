"""Tests of the FMK gateway."""
