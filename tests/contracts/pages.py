"""Which operation of the API does what a page does: whoever adds a page that acts adds a line.

Keys are endpoints of pages with an unsafe method, values the operations by which a program does the
same. What has no operation says why.
"""

from collections.abc import Mapping

COUNTERPARTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "intake": {
        "parts.write_part": ("PUT /periods/{period_id}/parts/{part}",),
        "part_lists.read_list": ("POST /periods/{period_id}/lists/{part}/preview",),
        "part_lists.confirm": ("PUT /periods/{period_id}/parts/{part}",),
        "parts.autosave": ("PUT /periods/{period_id}/parts/{part}",),
        "set_asides.settle": ("POST /set-asides/{set_aside_id}/settle",),
        "copying.copy": ("POST /periods/{period_id}/copy",),
        "reporting.submit_report": ("POST /periods/{period_id}/submit",),
        "reviewing.accept_report": ("POST /submissions/{submission_id}/accept",),
        "reviewing.return_report": ("POST /submissions/{submission_id}/return",),
        "reviewing.reopen_report": ("POST /submissions/{submission_id}/reopen",),
        "attachments.add_attachments": ("POST /periods/{period_id}/attachments",),
        "attachments.remove_attachment": ("DELETE /attachments/{attachment_id}",),
        "attachments.restore_attachment": ("POST /attachments/{attachment_id}/restore",),
        "reviewing.confirm_report": ("POST /submissions/{submission_id}/confirm",),
        "commenting.add_comment": ("POST /submissions/{submission_id}/comments",),
        "commenting.answer_comment": (
            "POST /submissions/{submission_id}/comments/{thread_id}/answers",
        ),
        "commenting.settle_comment": (
            "POST /submissions/{submission_id}/comments/{thread_id}/settle",
        ),
        "accepting.accept_many": ("POST /accept-many",),
        "dossiers.freeze_dossier": ("POST /periods/{period_id}/dossiers",),
        "accounts.invite_account": ("POST /accounts",),
        "accounts.change_account": ("PUT /accounts/{account_id}",),
        "accounts.deactivate_account": ("POST /accounts/{account_id}/deactivate",),
        "accounts.reactivate_account": ("POST /accounts/{account_id}/reactivate",),
        "accounts.reset_account": ("POST /accounts/{account_id}/reset",),
        "accounts.unlock_account": ("POST /accounts/{account_id}/unlock",),
        "accounts.end_sessions": ("POST /accounts/{account_id}/sessions/end",),
        "accounts.revoke_token": ("POST /accounts/{account_id}/tokens/{token_id}/revoke",),
        "own_account.change_password": ("PUT /me/password",),
        "own_account.end_session": ("POST /me/sessions/{session_id}/end",),
        "own_account.end_sessions": ("POST /me/sessions/end",),
        "own_account.issue_token": ("POST /me/tokens",),
        "own_account.revoke_token": ("POST /me/tokens/{token_id}/revoke",),
        "units.add_unit": ("POST /units",),
        "units.move_unit": ("POST /units/{unit_id}/move",),
        "units.rename_unit": ("PUT /units/{unit_id}/name",),
        "units.set_validity": ("PUT /units/{unit_id}/validity",),
        "superiors.succeed_superior": ("POST /superiors",),
        "superiors.set_superior_days": ("PUT /superiors/{relation_id}",),
        "superiors.rename_office": ("PUT /office/names",),
        "letterheads.change_letterhead": ("PUT /office/letterhead",),
        "candidates.read_candidates": ("POST /periods/{period_id}/candidates/read",),
        "candidates.explain": ("POST /periods/{period_id}/findings/reasons",),
        "candidates.merge": ("POST /candidates/{candidate_id}/merge",),
        "candidates.unmerge": ("POST /candidates/{candidate_id}/unmerge",),
        "candidates.tell_apart": ("POST /candidates/{candidate_id}/tell-apart",),
        "candidates.forget_distinction": ("POST /candidates/{candidate_id}/ask-again",),
        "candidates.set_aside": ("POST /candidates/{candidate_id}/set-aside",),
        "candidates.take_up": ("POST /candidates/{candidate_id}/take-up",),
        "council.open_session": ("POST /periods/{period_id}/council-sessions",),
        "council.save_facts": ("PUT /council-sessions/{session_id}",),
        "council.save_votes": ("PUT /council-sessions/{session_id}/votes",),
        "council.lock_session": ("POST /council-sessions/{session_id}/lock",),
        "council.reopen_session": ("POST /council-sessions/{session_id}/reopen",),
        "importing.confirm": ("POST /imports/units", "POST /imports/accounts"),
        "notices.open_notice": ("POST /notices/{notice_id}/read",),
        "notices.read_notice": ("POST /notices/{notice_id}/read",),
        "notices.read_all": ("POST /notices/read",),
        "notices.change_settings": ("PUT /notice-preference",),
        "reminders.send_reminders": ("POST /periods/{period_id}/reminders",),
        "reminders.plan_reminders": ("PUT /periods/{period_id}/reminder-plan",),
        "mails.send_again": ("POST /mails/{mail_id}/send-again",),
        "mails.send_all_again": ("POST /mails/send-again",),
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
    "parts.discard_typed": "only pages keep what could not be saved; a program has its own text",
    "invitations.accept_invitation": "a person sets his own password; no program knows it",
    "importing.read_file": "reads a table; a program sends its rows as JSON",
    "importing.download_links": "gives back as a table what the page already shows",
}

# Unsafe operations that carry no Idempotency-Key, and why none is needed.
WITHOUT_KEY: Mapping[str, str] = {
    "PUT /deposits/{key}": "the key of the deposit stands in the path",
    "PUT /versions/{version_id}/rendition": "says the whole outcome; twice is the same",
    "POST /periods/{period_id}/lists/{part}/preview": "reads a file and stores nothing",
    "POST /outbox/deliveries": "a nudge between services: sends what is unsent, if anything is",
}

# Lists in one piece, and what bounds them.
BOUNDED: Mapping[str, str] = {
    "GET /periods": "a few a year",
    "GET /periods/{period_id}/set-asides": "one a conflict of one report",
    "GET /periods/{period_id}/duplicates": "pairs within one period, answered one by one",
    "GET /periods/{period_id}/findings": "at most a few for each candidate of one period",
    "GET /periods/{period_id}/council-sessions": "a few a year",
    "GET /submissions/{submission_id}/comments": "a report takes so many and no more",
    "GET /units": "the units that one office ever had",
    "GET /superiors": "one at a time, over the years",
    "GET /me/sessions": "end by themselves within hours",
    "GET /accounts/{account_id}/sessions": "end by themselves within hours",
    "GET /me/tokens": "at most fifty are good at a time",
    "GET /accounts/{account_id}/tokens": "at most fifty are good at a time",
    "GET /awaited": "at most two a period that is open",
    "GET /templates": "the kinds of document that the system has",
    "GET /periods/{period_id}/attachments": "as many as a report may have, by its limits",
    "GET /registers": "a register a symbol of an office",
}
