"""Which operation of the API does what a page does: whoever adds a page that acts adds a line.

Keys are endpoints of pages with an unsafe method, values the operations by which a program does the
same. What has no operation says why.
"""

from collections.abc import Mapping

COUNTERPARTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "intake": {
        "reporting.write_report": ("POST /periods/{period_id}/submissions",),
        "reporting.submit_report": ("POST /periods/{period_id}/submissions",),
        "reviewing.accept_report": ("POST /submissions/{submission_id}/accept",),
        "reviewing.return_report": ("POST /submissions/{submission_id}/return",),
        "reviewing.reopen_report": ("POST /submissions/{submission_id}/reopen",),
        "dossiers.freeze_dossier": ("POST /periods/{period_id}/dossiers",),
    },
    "assembler": {
        "desk.request_document": ("POST /jobs",),
        "jobs.retry_job": ("POST /jobs/{job_id}/retry",),
        "new_batches.request_batch": ("POST /batches",),
        "batches.retry_batch": ("POST /batches/{batch_id}/retry",),
        "batches.request_pdf": ("POST /batches/{batch_id}/pdf",),
        "templates.upload": ("POST /templates/{kind}/versions",),
        "templates.publish": ("POST /templates/versions/{version_id}/publish",),
        "templates.restore_shipped": ("POST /templates/{kind}/restore-shipped",),
    },
    "archive": {
        "documents.upload": ("POST /documents/{document_id}/versions",),
        "documents.retry_rendition": ("POST /versions/{version_id}/rendition/retry",),
        "issuing.issue": ("POST /documents/{document_id}/issue",),
        "registers.open_register": ("POST /registers",),
        "inbox.acknowledge": ("POST /inbox/{document_id}/acknowledge",),
    },
}

WITHOUT: Mapping[str, str] = {
    "signing_in.sign_in": "a program has a token, or signs in by this very form",
    "signing_in.sign_out": "a session of pages; a token is revoked instead",
}

# Unsafe operations that carry no Idempotency-Key, and why none is needed.
WITHOUT_KEY: Mapping[str, str] = {
    "PUT /deposits/{key}": "the key of the deposit stands in the path",
    "PUT /versions/{version_id}/rendition": "says the whole outcome; twice is the same",
    "POST /outbox/deliveries": "a nudge between services: sends what is unsent, if anything is",
}

# Lists in one piece, and what bounds them.
BOUNDED: Mapping[str, str] = {
    "GET /periods": "a few a year",
    "GET /templates": "the kinds of document that the system has",
    "GET /registers": "a register a symbol of an office",
}
