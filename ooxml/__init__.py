"""Word packages: opened safely, saved deterministically, stamped, read; nothing of offices."""
