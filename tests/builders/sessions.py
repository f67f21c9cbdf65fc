"""Sessions of the council for tests: fifteen members with invented names, all votes cast."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from kernel.contracts.dossier import DossierContent, Nomination
from services.assembler.domain.award_table import nominations
from services.assembler.domain.council_session import Attendee, CouncilSession, Vote, key_of

# Every so many nominees one is voted down, and one divides the council.
_REFUSED, _DIVIDED = 11, 4
_PRESENT = (
    ("Lưu Viết Viên", "Chủ tịch Ủy ban nhân dân xã, Chủ tịch Hội đồng"),
    ("Hoàng Văn Mẫu", "Phó Chủ tịch Ủy ban nhân dân xã, Phó Chủ tịch Hội đồng"),
    ("Nông Thị Mẫu", "Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam xã, Phó Chủ tịch Hội đồng"),
    ("Ma Đình Mẫu", "Công chức Văn phòng - Thống kê, Ủy viên thường trực, Thư ký Hội đồng"),
    ("Lý Thị Mẫu", "Chủ tịch Hội Liên hiệp Phụ nữ xã, Ủy viên"),
    ("Trần Văn Mẫu", "Chủ tịch Hội Nông dân xã, Ủy viên"),
    ("Bế Văn Mẫu", "Chủ tịch Hội Cựu chiến binh xã, Ủy viên"),
    ("Hà Minh Mẫu", "Bí thư Đoàn Thanh niên Cộng sản Hồ Chí Minh xã, Ủy viên"),
    ("Dương Văn Mẫu", "Chỉ huy trưởng Ban Chỉ huy Quân sự xã, Ủy viên"),
    ("Vi Thị Mẫu", "Công chức Tài chính - Kế toán, Ủy viên"),
    ("Triệu Văn Mẫu", "Công chức Văn hóa - Xã hội, Ủy viên"),
    ("Bàn Thị Mẫu", "Hiệu trưởng Trường Tiểu học, Ủy viên"),
    ("Lường Văn Mẫu", "Trạm trưởng Trạm Y tế, Ủy viên"),
)
_ABSENT = (
    ("Mông Văn Mẫu", "Trưởng Công an xã, Ủy viên", "đi công tác"),
    ("Đàm Văn Mẫu", "Công chức Địa chính - Nông nghiệp, Ủy viên", "nghỉ ốm"),
)


def a_session(content: DossierContent | None = None, **changes: Any) -> CouncilSession:
    """Return the session that voted on every nomination of the dossier."""
    present = tuple(Attendee(name=name, title=title) for name, title in _PRESENT)
    if content:  # the chair is who signs for the office
        present = (replace(present[0], name=content.office.signer.name), *present[1:])
    session = CouncilSession(
        begins_at=datetime(2024, 1, 8, 8, 0),  # noqa: DTZ001 - as the clock on the wall
        ends_at=datetime(2024, 1, 8, 11, 30),  # noqa: DTZ001
        place="Phòng họp Ủy ban nhân dân xã",
        present=present,
        absent=tuple(Attendee(name=it[0], title=it[1], reason=it[2]) for it in _ABSENT),
        guests=(Attendee(name="Phạm Thị Mẫu", title="Bí thư Đảng ủy xã"),),
        secretary=present[3],
        method="bỏ phiếu kín",
        opinions=(
            "Ưu tiên người trực tiếp lao động, công tác ở xóm và tập thể nhỏ",
            "không xét trùng thành tích đã được cấp trên khen thưởng trong năm",
        ),
        needed_percent=Decimal(70),
    )
    every = nominations(content) if content else []
    votes = {key_of(it): _vote(number, len(present)) for number, it in enumerate(every, 1)}
    return replace(session, **({"votes": votes} | changes))


def a_vote_on(nominee: Nomination, in_favour: int, against: int) -> dict[Any, Vote]:
    """Return one vote, as a session keeps it."""
    return {key_of(nominee): Vote(in_favour=in_favour, against=against)}


def _vote(number: int, present: int) -> Vote:
    against = 7 if number % _REFUSED == 0 else number % _DIVIDED == 0
    return Vote(in_favour=present - int(against), against=int(against))
