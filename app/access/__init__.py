"""The one door to a citizen's data: actor, citizen, action and purpose make a Grant, or are refused; logged."""
