"""What `./run bench` runs: each module but __main__ and shared is a benchmark with one function, measure()."""
