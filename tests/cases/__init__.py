"""Values that several implementations are held against."""
