"""The three services; each owns its subject from page to table."""
