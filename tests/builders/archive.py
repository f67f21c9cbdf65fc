"""Drafts, deposits and people for tests of the archive."""

import hashlib
from typing import Any
from uuid import UUID, uuid4

from kernel.auth.principal import Person, Role
from kernel.contracts.boxes import BOXES
from kernel.contracts.deposits import Deposit
from kernel.contracts.dossier import DossierRecipient, Signer
from kernel.contracts.identity import office_id_for
from ooxml.package import open_package, save
from services.archive.domain.actors import Actor
from services.archive.use_cases.depositing import DepositDraft
from tests.support.word_packages import paragraph, word_file

COMMUNE = office_id_for("linh-thong")
NEIGHBOUR = office_id_for("quy-ky")
DISTRICT = office_id_for("dinh-hoa")
OTHER_DISTRICT = office_id_for("phu-luong")

PROFILE: dict[str, Any] = {
    "office": {"code": "linh-thong", "short_name": "UBND xã Linh Thông"},
    "issuing_bodies": [
        {
            "code": "hdtdkt",
            "name": "Hội đồng Thi đua - Khen thưởng xã Linh Thông",
            "symbol": "TĐKT",
            "uses_seal_of": "ubnd",
        },
        {"code": "ubnd", "name": "Ủy ban nhân dân xã Linh Thông", "symbol": "UBND"},
    ],
}


def control(tag: str, text: str = "…") -> str:
    """Return a content control inside a paragraph."""
    return (
        f'<w:p><w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>'
        f"<w:r><w:t>{text}</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )


def a_draft(text: str = "Nội dung báo cáo", *, without: tuple[str, ...] = ()) -> bytes:
    """Return a .docx with the boxes of a draft, except those left out."""
    boxes = "".join(control(tag) for tag in BOXES if tag not in without)
    # A zip holds the time it was made at; our own writer gives the same bytes each time.
    return save(open_package(word_file(boxes + paragraph(text))))


def a_deposit(data: bytes, **changes: Any) -> Deposit:
    """Return what the assembler says of a draft."""
    fields: dict[str, Any] = {
        "document_key": "2023:summary_report",
        "document_type": "BC",
        "subject": "Tổng kết phong trào thi đua yêu nước năm 2023",
        "year": 2023,
        "issuing_body": "hdtdkt",
        "issuing_body_name": "Hội đồng Thi đua - Khen thưởng xã Linh Thông",
        "register_symbol": "BC-TĐKT",
        "place": "Linh Thông",
        "signer": Signer(
            name="Lưu Viết Viên",
            power="TM. HỘI ĐỒNG",
            title="CHỦ TỊCH",
            other_title="CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ",
        ),
        "recipients": (
            DossierRecipient(
                label="Ban Thi đua - Khen thưởng huyện Định Hóa",
                office_id=DISTRICT,
                is_addressee=True,
            ),
            DossierRecipient(label="Thường trực Đảng ủy, Hội đồng nhân dân"),
            DossierRecipient(label="Lưu: VT", is_file_copy=True),
        ),
        "template": "summary_report",
        "template_sha256": "a" * 64,
        "dossier_id": UUID(int=7),
        "dossier_sha256": "b" * 64,
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    return Deposit(**{**fields, **changes})


def a_deposit_of(data: bytes | None = None, *, key: str = "", **changes: Any) -> DepositDraft:
    """Return the command that hands over a draft."""
    data = a_draft() if data is None else data
    return DepositDraft(key=key or uuid4().hex, deposit=a_deposit(data, **changes), data=data)


def an_actor(office_id: UUID = COMMUNE, **changes: Any) -> Actor:
    """Return a clerk of the commune."""
    fields: dict[str, Any] = {
        "office_id": office_id,
        "account_id": uuid4(),
        "name": "Nguyễn Thị Văn Thư",
    }
    return Actor(**{**fields, **changes})


def a_reader(office_id: UUID = DISTRICT, **changes: Any) -> Actor:
    """Return someone of the superior office."""
    return an_actor(office_id, **{"name": "Trần Văn Huyện", "is_recipient_office": True, **changes})


def a_person(role: Role = Role.CLERK, office_id: UUID = COMMUNE, **changes: Any) -> Person:
    """Return someone to sign in as."""
    fields: dict[str, Any] = {
        "account_id": uuid4(),
        "office_id": office_id,
        "role": role,
        "name": "Nguyễn Thị Văn Thư",
        "office_name": "UBND xã Linh Thông",
    }
    return Person(**{**fields, **changes})
