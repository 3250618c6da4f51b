"""What is signed of the log's tree, for anybody, and what witnesses say of it."""
