"""What ./run is made of: standard library only, for it runs before anything is installed."""
