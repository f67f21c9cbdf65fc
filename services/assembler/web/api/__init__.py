"""JSON API of the assembler."""

from kernel.api import ApiBlueprint
from services.assembler.web.api import batches, jobs, templates


def blueprints() -> tuple[ApiBlueprint, ...]:
    """Return the groups of operations."""
    return jobs.bp, batches.bp, templates.bp
