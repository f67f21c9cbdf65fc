"""Vietnamese administrative knowledge as pure Python: no web, no database, no queue, no network."""
