"""Who somebody is: citizens, their numbers, their relations and their logins."""
