"""The edge: pages for people, an API for programs."""
