"""All SQL of intake, and the JSON that its columns hold."""

from pathlib import Path

MIGRATIONS = Path(__file__).parent / "migrations"
