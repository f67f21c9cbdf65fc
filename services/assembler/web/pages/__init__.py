"""Pages of the assembler."""

from flask import Blueprint

from services.assembler.web.pages import (
    batches,
    desk,
    jobs,
    new_batches,
    template_trials,
    templates,
)


def blueprints() -> tuple[Blueprint, ...]:
    """Return the groups of pages."""
    return desk.bp, jobs.bp, new_batches.bp, batches.bp, templates.bp, template_trials.bp
