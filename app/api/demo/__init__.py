"""The demo's made-up people, and logging in as one of them. Not there in production."""
