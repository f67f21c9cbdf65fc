"""The wire language: what one service says to another, as frozen dataclasses with their schemas."""
