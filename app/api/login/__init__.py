"""Login at the citizens' provider: out to it, and back."""
