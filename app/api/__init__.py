"""HTTP and nothing but HTTP: what comes in, who asks, what goes out."""
