"""Tests of the medication domain."""
