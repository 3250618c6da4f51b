"""What `./run bench` runs: each module but __main__ is a benchmark with one function, measure()."""
