"""What leaves the process other than SQL: files and calls."""
