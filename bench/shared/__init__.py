"""What several benchmarks need: how a figure is written, and a PostgreSQL of their own."""
