"""Who is logged in at this browser, and logging out."""
