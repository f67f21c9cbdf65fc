"""Councils for tests: members with invented names, sessions that voted, records in a dossier."""

from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

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
from services.intake.domain.receipts import Call
from services.intake.use_cases.reviewing import Review, reopen_report
from tests.builders.intake import Api, World

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


@dataclass
class Bench:
    """A period whose sectors have proposed, and the clerk at work on the list."""

    world: World
    clerk: Api

    @property
    def period(self) -> str:
        """Return the path of the period in the API."""
        return self.world.period

    def propose(self, unit: str = "van-hoa", *nominations: dict[str, Any]) -> UUID:
        """Have a sector propose and the clerk accept; a second time it was reopened before."""
        content = {"limitations": ["Còn chậm"], "nominations": list(nominations)}
        answer = Api(self.world, self.world.officer(unit)).report(content)
        assert answer.status_code == 201, answer.json
        submission_id = UUID(answer.json["submission_id"])
        self.done(f"/submissions/{submission_id}/accept", {})
        return submission_id

    def propose_again(self, submission_id: UUID, unit: str, *nominations: dict[str, Any]) -> None:
        """Have a sector propose otherwise, after the clerk opened its report again."""
        review = Review(
            submission_id=submission_id,
            call=Call(actor="test", key=uuid4().hex, fingerprint=uuid4().hex),
            reason="Sửa",
        )
        reopen_report(review, by=self.world.clerk(), deps=self.world.deps)
        self.propose(unit, *nominations)

    def done(self, path: str, body: Any = None) -> Any:
        """Have the clerk do something that must succeed; returns the answer."""
        answer = self.clerk.post(path, body)
        assert answer.status_code in {200, 201}, answer.json
        return answer.json

    def read(self) -> Any:
        """Have the clerk read the accepted reports."""
        return self.done(f"{self.period}/candidates/read")

    def candidates(self) -> list[dict[str, Any]]:
        """Return the list."""
        found: list[dict[str, Any]] = self.clerk.get(f"{self.period}/candidates?limit=200").json[
            "items"
        ]
        return found

    def candidate(self, name: str, unit_name: str = "") -> dict[str, Any]:
        """Return the candidate of that name."""
        return next(
            it
            for it in self.candidates()
            if it["nomination"]["name"] == name and unit_name in it["unit_name"]
        )

    def findings(self, on: str = "2024-01-08") -> list[dict[str, Any]]:
        """Return the findings under the law of that day."""
        found: list[dict[str, Any]] = self.clerk.get(f"{self.period}/findings?on={on}").json
        return found

    def rules(self, on: str = "2024-01-08") -> list[tuple[str, str]]:
        """Return severity and rule of every finding."""
        return [(it["severity"], it["rule"]) for it in self.findings(on)]

    def open(self, **changes: Any) -> str:
        """Open a session and say who was there; returns its path."""
        opened = self.done(f"{self.period}/council-sessions")
        path = f"/council-sessions/{opened['id']}"
        body = {"version": opened["version"], "facts": facts_json(**changes)}
        answer = self.clerk.put(path, body)
        assert answer.status_code == 200, answer.json
        return path

    def session(self, path: str) -> Any:
        """Return the session."""
        return self.clerk.get(path).json

    def vote(self, path: str, **in_favour: int) -> Any:
        """Have everybody vote: five for each nominee unless told otherwise by name's last word."""
        votes = []
        for it in self.session(path)["tallied"]:
            word = it["nomination"]["name"].split()[-1]
            figure = in_favour.get(word, 5)
            votes.append(
                {
                    "nominee_id": it["nominee_id"],
                    "version": it["version"],
                    "in_favour": figure,
                    "against": 5 - figure,
                    "not_voting": 0,
                }
            )
        return self.clerk.put(f"{path}/votes", {"votes": votes})

    def lock(self, path: str) -> Any:
        """Have the clerk lock the session; returns the response."""
        version = self.session(path)["outline"]["version"]
        return self.clerk.post(f"{path}/lock", {"version": version})

    def locked(self, **in_favour: int) -> str:
        """Read, open, vote and lock; returns the path of the session."""
        self.read()
        path = self.open()
        assert self.vote(path, **in_favour).status_code == 200
        answer = self.lock(path)
        assert answer.status_code == 200, answer.json
        return path

    def frozen(self) -> Any:
        """Have the clerk freeze the dossier; returns its content."""
        return self.done(f"{self.period}/dossiers")["content"]


def nominated(name: str, award: str = "commune_commendation", **changes: Any) -> dict[str, Any]:
    """Return a nomination as a sector sends it."""
    return {
        "kind": "individual",
        "name": name,
        "award": award,
        "title": "Hội viên",
        "unit": "thôn Đông",
        "achievement": f"Thành tích của {name}",
        "occasion": "merit" if award.endswith("commendation") else "",
        "evidence": "",
        **changes,
    }
