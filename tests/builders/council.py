"""Councils for tests: members with invented names, sessions that voted, records in a dossier."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from kernel.contracts.dossier import (
    CouncilGroup,
    CouncilGuest,
    CouncilMember,
    CouncilRecord,
    CouncilResult,
    DossierContent,
    Nomination,
)
from services.assembler.domain.award_table import proposed
from services.intake.domain.ordering import in_award_order

SESSION_ID = UUID("5d0e7d1c-30f6-4d3e-8c34-7f6f2f0f7a11")
PRESENT = (
    ("Lưu Viết Viên", "Chủ tịch Ủy ban nhân dân xã", "chair"),
    ("Hoàng Văn Mẫu", "Phó Chủ tịch Ủy ban nhân dân xã", "deputy"),
    ("Ma Đình Mẫu", "Công chức Văn phòng - Thống kê", "secretary"),
    ("Lý Thị Mẫu", "Chủ tịch Hội Liên hiệp Phụ nữ xã", "member"),
    ("Trần Văn Mẫu", "Chủ tịch Hội Nông dân xã", "member"),
)
ABSENT = (("Mông Văn Mẫu", "Trưởng Công an xã", "member", "đi công tác"),)


def members_json() -> list[dict[str, Any]]:
    """Return six members, five of them present, as a program sends them."""
    return [
        *(
            {"name": name, "title": title, "role": role, "is_present": True, "reason": ""}
            for name, title, role in PRESENT
        ),
        *(
            {"name": name, "title": title, "role": role, "is_present": False, "reason": why}
            for name, title, role, why in ABSENT
        ),
    ]


def facts_json(**changes: Any) -> dict[str, Any]:
    """Return all that a session needs before it can be locked."""
    return {
        "held_on": "2024-01-08",
        "begins": "08:00",
        "ends": "11:30",
        "place": "Phòng họp Ủy ban nhân dân xã",
        "method": "Bỏ phiếu kín",
        "needed_percent": "70",
        "members": members_json(),
        "guests": [{"name": "Phạm Thị Mẫu", "title": "Bí thư Đảng ủy xã"}],
        "opinions": ["Ưu tiên người trực tiếp lao động"],
        **changes,
    }


def a_result(nomination: Nomination, *, passed: bool = True, **changes: Any) -> CouncilResult:
    """Return the outcome of a vote of five."""
    usual = {"in_favour": 5, "against": 0} if passed else {"in_favour": 2, "against": 3}
    return CouncilResult(
        **(
            {"nomination": nomination, "not_voting": 0, "passed": passed, "units": ("van-phong",)}
            | usual
            | changes
        )
    )


def a_record(*results: CouncilResult, **changes: Any) -> CouncilRecord:
    """Return a locked session with these results."""
    groups = tuple(
        CouncilGroup(award=code, authority="", authority_title="", article="", results=tuple(mine))
        for code, mine in in_award_order(results, lambda it: it.nomination)
    )
    record = CouncilRecord(
        session_id=SESSION_ID,
        number=1,
        sha256="0" * 64,
        held_on=date(2024, 1, 8),
        begins=time(8, 0),
        ends=time(11, 30),
        place="Phòng họp Ủy ban nhân dân xã",
        method="Bỏ phiếu kín",
        needed_percent=Decimal(70),
        members=(
            *(CouncilMember(name=n, title=t, role=r) for n, t, r in PRESENT),
            *(
                CouncilMember(name=n, title=t, role=r, is_present=False, reason=why)
                for n, t, r, why in ABSENT
            ),
        ),
        guests=(CouncilGuest(name="Phạm Thị Mẫu", title="Bí thư Đảng ủy xã"),),
        opinions=("Ưu tiên người trực tiếp lao động",),
        groups=groups,
    )
    return replace(record, **changes)


def reviewed(
    content: DossierContent, *, refused: tuple[str, ...] = (), **changes: Any
) -> DossierContent:
    """Return the content after a session that voted down those of these names."""
    outside = ("party_commendation", "mass_organisation_commendation")
    asked = [it for it in proposed(content.sectors) if it.award not in outside]
    results = [a_result(it, passed=it.name not in refused) for it in asked]
    return replace(content, council=(a_record(*results, **changes),))
