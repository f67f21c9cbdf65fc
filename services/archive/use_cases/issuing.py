"""Ban hành: a number is born in the transaction that keeps the file which carries it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.errors import Conflict
from ooxml.content_controls import stamp
from services.archive.domain.actors import Actor
from services.archive.domain.dating import check_issue_date
from services.archive.domain.documents import Facts, Issue, Origin, State
from services.archive.domain.registers import Register
from services.archive.domain.stamping import stamped_texts
from services.archive.persistence import values
from services.archive.persistence.deliveries import SentDeliveries
from services.archive.persistence.documents import Documents, IssueRecord
from services.archive.persistence.facts import facts_from_json
from services.archive.persistence.models import DocumentRow, RegisterYearRow, VersionRow
from services.archive.persistence.registers import Registers
from services.archive.persistence.versions import Versions
from services.archive.use_cases.deps import Deps
from services.archive.use_cases.keeping import keep_version, make_findable
from services.archive.use_cases.pushing import push_outbox
from vnadmin.numbering import NumberAndSymbol


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueDocument:
    """Issue exactly these bytes on this day; `key` names the request.

    `expected_number` is what the clerk was shown and confirmed; None where nobody was shown one.
    """

    document_id: UUID
    version_id: UUID
    issued_on: date
    key: str
    backdating_reason: str = ""
    expected_number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueReceipt:
    """The number given and the bytes that carry it; the same for a repeated request."""

    document_id: UUID
    number: int
    symbol: str
    text: str
    issued_on: date
    version_id: UUID
    sha256: str


def issue_document(command: IssueDocument, *, actor: Actor, deps: Deps) -> IssueReceipt:
    """Number, stamp, keep, deliver and write down: all of it or nothing."""
    with deps.sessions.begin() as session:
        receipt = _Issuing(session, command, actor, deps).run()
    push_outbox(deps=deps, version_id=receipt.version_id)
    return receipt


def require_register(registers: Registers, facts: Facts) -> Register:
    """Return the register that numbers the symbol of a document."""
    register = registers.with_symbol(facts.register_symbol)
    if register is None:
        raise Conflict(
            f"Chưa mở sổ đăng ký cho ký hiệu {facts.register_symbol}. "
            "Hãy mở sổ ở trang “Sổ đăng ký” rồi ban hành lại."
        )
    return register


def refuse_blocked(facts: Facts) -> None:
    """Refuse bytes in which the checks found an error."""
    if facts.blockers:
        raise Conflict(
            f"Bản này còn lỗi chặn ban hành: {' '.join(facts.blockers)} "
            "Hãy sửa số liệu ở phần Tiếp nhận rồi soạn lại, "
            "hoặc sửa trong Word và tải lên bản đã sửa."
        )


class _Issuing:
    """One issue under way. Locks are taken in one order: document, register, counter."""

    def __init__(self, session: Session, command: IssueDocument, actor: Actor, deps: Deps) -> None:
        self._session, self._command, self._actor, self._deps = session, command, actor, deps
        self._documents = Documents(session, office_id=actor.office_id)
        self._versions = Versions(session, office_id=actor.office_id)
        self._registers = Registers(session, office_id=actor.office_id)

    def run(self) -> IssueReceipt:
        document = self._documents.lock(self._command.document_id)
        if document.state == State.ISSUED.value:
            return self._repeated(document)
        if self._documents.with_issue_key(self._command.key):
            raise Conflict("Mã yêu cầu này đã dùng để ban hành văn bản khác. Hãy tải lại trang.")
        approved = self._versions.get(self._command.version_id, document_id=document.id)
        facts = facts_from_json(approved.facts)
        refuse_blocked(facts)
        register = require_register(self._registers, facts)
        counter = self._hold_counter(register, facts)
        issued = self._keep_stamped(document, approved, facts, counter.next_number)
        self._freeze(document, register, issued, facts, counter.next_number)
        self._write_down(document, register, approved, issued)
        _advance(counter, self._command.issued_on)
        return _receipt(document, issued)

    def _repeated(self, document: DocumentRow) -> IssueReceipt:
        """Answer a repeated request with the first one's result; refuse any other."""
        version_id = document.issued_version_id
        if document.issue_key != self._command.key or version_id is None:
            raise Conflict(f"Văn bản này đã ban hành, số {values.printed_number(document)}.")
        issued = self._versions.get(version_id)
        asked = (self._command.version_id, self._command.issued_on)
        if asked != (issued.source_version_id, document.issued_on):
            raise Conflict(
                "Mã yêu cầu này đã dùng để ban hành phiên bản khác hoặc với ngày khác, "
                f"thành số {values.printed_number(document)}."
            )
        return _receipt(document, issued)

    def _hold_counter(self, register: Register, facts: Facts) -> RegisterYearRow:
        """Hold the counter of the year and check that its next number may carry that day."""
        self._check_date(facts, None)  # first without: a mistyped year must not open a counter
        counter = self._registers.lock_year(register.id, self._command.issued_on.year)
        self._check_date(facts, counter.last_issued_on)
        expected = self._command.expected_number
        if expected is not None and expected != counter.next_number:
            following = NumberAndSymbol(counter.next_number, register.symbol).text
            raise Conflict(
                f"Số {expected} vừa được cấp cho văn bản khác; số tiếp theo là {following}. "
                "Hãy xem lại rồi xác nhận."
            )
        return counter

    def _check_date(self, facts: Facts, last_issued_on: date | None) -> None:
        check_issue_date(
            self._command.issued_on,
            today=self._deps.today(),
            document_year=facts.year,
            last_issued_on=last_issued_on,
            backdating_reason=self._command.backdating_reason,
        )

    def _keep_stamped(
        self, document: DocumentRow, approved: VersionRow, facts: Facts, number: int
    ) -> VersionRow:
        """Put number, symbol, place and date into the approved bytes and keep what results."""
        texts = stamped_texts(number, facts.register_symbol, facts.place, self._command.issued_on)
        data = stamp(self._deps.files.get(approved.sha256), texts)
        row = self._issued_version(approved, self._deps.files.put(data), len(data))
        printed = NumberAndSymbol(number, facts.register_symbol).text
        make_findable(self._session, document, facts, data, number=printed)
        return keep_version(self._session, document, row)

    def _issued_version(self, approved: VersionRow, sha256: str, size: int) -> VersionRow:
        return VersionRow(
            origin=Origin.ISSUED.value,
            sha256=sha256,
            size=size,
            author_id=self._actor.account_id,
            author=self._actor.name,
            created_at=self._deps.now(),
            facts=approved.facts,
            template=approved.template,
            template_sha256=approved.template_sha256,
            dossier_id=approved.dossier_id,
            dossier_sha256=approved.dossier_sha256,
            source_version_id=approved.id,
            deposit_key=None,
        )

    def _freeze(
        self,
        document: DocumentRow,
        register: Register,
        issued: VersionRow,
        facts: Facts,
        number: int,
    ) -> None:
        """Make the document say what the approved version says, for good, and send it."""
        self._documents.replace_facts(document, facts)
        issue = Issue(
            number=number,
            symbol=register.symbol,
            issued_on=self._command.issued_on,
            version_id=issued.id,
            issued_at=issued.created_at,
            issued_by=self._actor.name,
            backdating_reason=self._command.backdating_reason,
        )
        self._documents.mark_issued(
            document,
            IssueRecord(
                issue=issue,
                register_id=register.id,
                issued_by_id=self._actor.account_id,
                issue_key=self._command.key,
            ),
        )
        sent = SentDeliveries(self._session, office_id=self._actor.office_id)
        sent.send(document.id, issue, facts.recipients)

    def _write_down(
        self,
        document: DocumentRow,
        register: Register,
        approved: VersionRow,
        issued: VersionRow,
    ) -> None:
        content: dict[str, str | int] = {
            "event": "issued",
            "office": str(document.office_id),
            "register": register.symbol,
            "year": self._command.issued_on.year,
            "number": document.number or 0,
            "issued_on": self._command.issued_on.isoformat(),
            "document": str(document.id),
            "version": str(issued.id),
            "sha256": issued.sha256,
            "approved_sha256": approved.sha256,
            "at": issued.created_at.isoformat(),
        }
        self._registers.append_to_ledger(register.id, document.id, content)


def _advance(counter: RegisterYearRow, issued_on: date) -> None:
    counter.next_number += 1
    counter.last_issued_on = max(issued_on, counter.last_issued_on or issued_on)


def _receipt(document: DocumentRow, issued: VersionRow) -> IssueReceipt:
    return IssueReceipt(
        document_id=document.id,
        number=document.number or 0,
        symbol=document.symbol or "",
        text=values.printed_number(document),
        issued_on=document.issued_on or date.min,
        version_id=issued.id,
        sha256=issued.sha256,
    )
