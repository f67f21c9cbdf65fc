"""What the archive does: one function, one transaction each."""
