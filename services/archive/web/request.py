"""What a view needs of the request besides its body."""

from typing import cast
from uuid import uuid4

from flask import current_app, request

from kernel.auth.principal import Role, current_person
from kernel.errors import InvalidInput, Located
from services.archive.domain.actors import Actor
from services.archive.use_cases.deps import Deps


def deps() -> Deps:
    """Return the collaborators of this app."""
    return cast(Deps, current_app.extensions["deps"])


def actor() -> Actor:
    """Return who is signed in, as the archive writes it down."""
    person = current_person()
    return Actor(
        office_id=person.office_id,
        account_id=person.account_id,
        name=person.name,
        is_recipient_office=person.role is Role.SUPERIOR,
    )


def new_key() -> str:
    """Return the key that a form carries, so that sending it twice does one thing."""
    return uuid4().hex


def uploaded_file(name: str = "file") -> bytes | None:
    """Return the bytes of a file of the form, or None where none was chosen."""
    storage = request.files.get(name)
    return storage.read() if storage and storage.filename else None


def required_file(name: str = "file") -> bytes:
    """Return the bytes of a file of the form."""
    data = uploaded_file(name)
    if data is None:
        reason = "Chưa chọn tệp. Hãy chọn tệp .docx rồi gửi lại."
        raise InvalidInput(reason, errors=[Located(f"#/{name}", reason)])
    return data
