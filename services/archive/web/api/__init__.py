"""The archive's API: JSON for programs, errors as problem details."""

from services.archive.web.api import deposits, documents, inbox, outbox, registers, versions

BLUEPRINTS = (documents.bp, inbox.bp, versions.bp, registers.bp, deposits.bp, outbox.bp)
