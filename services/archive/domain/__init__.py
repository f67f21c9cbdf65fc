"""What the archive knows without a database, a network or a page."""
