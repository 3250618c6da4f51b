"""Nærblik: a citizen's medication card, appointments and consents in one close view."""
