"""Pages of the assembler."""

from flask import Blueprint

from services.assembler.web.pages import desk, jobs, templates


def blueprints() -> tuple[Blueprint, ...]:
    """Return the groups of pages."""
    return desk.bp, jobs.bp, templates.bp
