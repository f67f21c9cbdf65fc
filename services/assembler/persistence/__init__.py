"""All SQL of the assembler."""

from pathlib import Path

MIGRATIONS = Path(__file__).parent / "migrations"
