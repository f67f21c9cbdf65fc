"""The JSON API of intake, version 1."""
