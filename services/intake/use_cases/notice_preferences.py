"""An account says where and how often it wants notices by e-mail."""

from dataclasses import dataclass
from typing import Any

from kernel.auth.principal import Person
from kernel.errors import InvalidInput, Located
from services.intake.domain.mails import MailMode, is_address
from services.intake.domain.receipts import Call
from services.intake.persistence.notice_preferences import NoticePreference, NoticePreferences
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.repeating import answer_once

_NO_ADDRESS = "Địa chỉ thư điện tử chưa đúng. Ví dụ: ten@xa.gov.vn."


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePreference:
    """What the account wants from now on; a blank address means no e-mail."""

    email: str
    mode: MailMode
    call: Call | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPreference:
    """What the account chose, and whether this installation sends e-mail at all."""

    email: str
    mode: MailMode
    is_mail_on: bool


def show_preference(*, by: Person, deps: Deps) -> ShownPreference:
    """Return what the account chose."""
    with deps.database.read() as session:
        found = NoticePreferences(session, office_id=by.office_id).of(by.account_id)
    return _shown(found, deps)


def change_preference(command: ChangePreference, *, by: Person, deps: Deps) -> ShownPreference:
    """Keep what the account wants."""
    wanted = NoticePreference(email=_address(command.email), mode=command.mode)
    at = deps.now()

    def change() -> dict[str, Any]:
        preferences = NoticePreferences(session, office_id=by.office_id)
        preferences.change(by.account_id, wanted, at=at)
        return {}

    with deps.database.begin() as session:
        answer_once(session, command.call, change, office_id=by.office_id, at=at)
    return _shown(wanted, deps)


def _address(typed: str) -> str:
    address = typed.strip()
    if address and not is_address(address):
        raise InvalidInput(_NO_ADDRESS, errors=[Located("#/email", _NO_ADDRESS)])
    return address


def _shown(preference: NoticePreference, deps: Deps) -> ShownPreference:
    return ShownPreference(
        email=preference.email, mode=preference.mode, is_mail_on=deps.mail is not None
    )
