"""The citizen's own notes, and questions for the next visit, on a medicine or an appointment."""
