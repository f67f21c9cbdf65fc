"""A form that outlived its session: what was typed is shown again, never dropped.

The fields travel in the page itself, signed, so that nothing about them is stored on the server
and no other site can plant them. A form with a password is not kept, and files never are.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask, Request, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer

from kernel.auth.cookies import PatientSigner
from kernel.errors import NotSignedIn

LIFETIME_SECONDS = 2 * 3600
LARGEST = 1_000_000
_OURS = frozenset({"csrf_token", "kept", "next"})
# Marks of the form rather than words of the writer.
_NOT_TYPED = frozenset({"idempotency_key", "version", "action", "round", "seen_sha256"})


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptForm:
    """What was typed, where it was going, and whose page it was typed into."""

    path: str
    fields: tuple[tuple[str, str], ...]
    account_id: str
    had_files: bool

    @property
    def typed(self) -> tuple[str, ...]:
        """Return the texts that a person typed, in the order of the form."""
        return tuple(
            value for name, value in self.fields if name not in _NOT_TYPED and value.strip()
        )


class FormOutlivedSession(NotSignedIn):
    """A form whose session ended while it was being filled in."""

    def __init__(self, kept: KeptForm) -> None:
        super().__init__("Phiên làm việc đã kết thúc.")
        self.kept = kept


def keep(asked: Request) -> KeptForm | None:
    """Return the form that was sent; None where it is not one that a page of ours sent."""
    account_id = _writer(asked.form.get("csrf_token", ""))
    fields = tuple(_fields(asked))
    is_ours = account_id is not None and _comes_from_here(asked)
    if not is_ours or not _may_travel(fields):
        return None
    return KeptForm(
        path=asked.script_root + asked.full_path.rstrip("?"),
        fields=fields,
        account_id=account_id or "",
        had_files=any(file.filename for file in asked.files.values()),
    )


def seal(kept: KeptForm) -> str:
    """Return the form as a signed text for a hidden field."""
    facts = [kept.path, kept.fields, kept.account_id, kept.had_files]
    return str(_serializer().dumps(json.dumps(facts, ensure_ascii=False)))


def unseal(sealed: str) -> KeptForm | None:
    """Return the form that was kept; None for what we did not sign, or signed too long ago."""
    if not sealed:
        return None
    try:
        text = _serializer().loads(sealed, max_age=LIFETIME_SECONDS)
    except BadSignature:
        return None
    path, fields, account_id, had_files = json.loads(text)
    return KeptForm(
        path=path,
        fields=tuple((name, value) for name, value in fields),
        account_id=account_id,
        had_files=had_files,
    )


def show_kept(kept: KeptForm) -> str:
    """Return the page that shows what was typed and sends it again at one click."""
    is_same = kept.account_id == str(g.person.account_id)
    return render_template("kernel/kept_form.html", kept=kept, is_same=is_same)


def init_app(app: Flask, *, sign_in_path: str) -> None:
    """Answer a form that outlived its session by a page that keeps it."""

    @app.errorhandler(FormOutlivedSession)
    def _keep(error: FormOutlivedSession) -> ResponseReturnValue:
        if g.person is not None:  # signed in again in another tab: nothing is left but to send
            return show_kept(error.kept), 409
        page = render_template(
            "kernel/session_ended.html", kept=seal(error.kept), sign_in_path=sign_in_path
        )
        return page, 401


def is_page_form() -> bool:
    """Say whether this request is a form sent by a page, not a call of a program or a script."""
    is_form = request.mimetype in {"application/x-www-form-urlencoded", "multipart/form-data"}
    return is_form and not request.path.startswith("/api/") and _wants_page()


def _wants_page() -> bool:
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best != "application/json"


def _fields(asked: Request) -> Iterator[tuple[str, str]]:
    for name, value in asked.form.items(multi=True):
        if name not in _OURS:
            yield name, value


def _may_travel(fields: tuple[tuple[str, str], ...]) -> bool:
    size = sum(len(name) + len(value) for name, value in fields)
    return size <= LARGEST and not any("password" in name for name, _ in fields)


def _writer(csrf_token: str) -> str | None:
    """Return into whose page it was typed; None for a token that we never signed."""
    signer = URLSafeTimedSerializer(current_app.secret_key or "", salt="wtf-csrf-token")
    try:
        raw = signer.loads(csrf_token)
    except BadSignature:
        return None
    return str(raw).partition(":")[2]


def _comes_from_here(asked: Request) -> bool:
    # Another site may hold a token of its own visit; a browser says truly where a form came from.
    sender = asked.headers.get("Origin") or asked.headers.get("Referer") or ""
    try:
        return urlsplit(sender).netloc == asked.host
    except ValueError:
        return False


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        current_app.secret_key or "", salt="thidua-kept-form", signer=PatientSigner
    )
