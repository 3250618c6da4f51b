"""The one door to a citizen's data: an actor, a citizen, an action and a purpose make a Grant or are refused, logged."""
