"""An intake service with two offices, as a test finds it: small form, cheap hashes, set clock."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, cast
from uuid import UUID, uuid4

from argon2 import PasswordHasher
from flask import Flask

from kernel.auth.principal import Person, Role
from kernel.database import Database
from kernel.files import FileStore
from kernel.settings import KernelSettings
from services.intake.app import create_app
from services.intake.gateways.passwords import Passwords
from services.intake.settings import IntakeSettings
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.founding import NewAccount, create_account
from services.intake.use_cases.loading import LoadedOffice, load_office_file
from tests.support.pages import PageClient

PASSWORD = "mot mat khau dai"
DUE_ON = date(2023, 12, 15)


def an_office_file(code: str = "an-phu", **changes: Any) -> dict[str, Any]:
    """Return the file of a small office: two sectors, three headings' worth of questions."""
    return {
        "office": {
            "code": code,
            "name": "Ủy ban nhân dân xã An Phú",
            "short_name": "UBND xã An Phú",
            "place": "An Phú",
            "superior": {
                "code": f"huyen-{code}",
                "name": "Ủy ban nhân dân huyện Bình Sơn",
                "valid_to": "2025-06-30",
            },
            "villages": 4,
            "village_word": "thôn",
            "households": 400,
        },
        "issuing_bodies": [
            {"code": "ubnd", "name": "UBND xã", "header": ["ỦY BAN NHÂN DÂN"], "symbol": "UBND"}
        ],
        "signer": {"name": "Lê Văn Ba", "power": "TM.", "title": "CHỦ TỊCH", "other_title": ""},
        "period": {"code": "2023", "title": "Tổng kết năm 2023", "year": 2023},
        "legal_basis": [{"text": "Luật Thi đua, khen thưởng", "valid_from": "2024-01-01"}],
        "sectors": [
            {"code": "van-hoa", "name": "Ban Văn hóa", "movements": ["Xây dựng đời sống văn hóa"]},
            {"code": "tai-chinh", "name": "Tài chính", "movements": []},
        ],
        "movements_from_above": ["An toàn giao thông"],
        "movements_commune_wide": ["Giữ vệ sinh môi trường"],
        "fields": [
            {
                "code": "van-hoa-xa-hoi",
                "title": "Lĩnh vực văn hóa xã hội",
                "indicators": [
                    {
                        "code": "VX1",
                        "name": "Hộ nghèo giảm",
                        "sector": "van-hoa",
                        "unit": "hộ",
                        "base": 740,
                        "percent_of_base": 8.78,
                    },
                    {
                        "code": "VX2",
                        "name": "Hộ đạt gia đình văn hóa",
                        "sector": "van-hoa",
                        "unit": "%",
                        "percent_of_plan": 108,
                    },
                ],
            },
            {
                "code": "kinh-te",
                "title": "Lĩnh vực kinh tế",
                "indicators": [
                    {"code": "KT1", "name": "Thu ngân sách", "sector": "tai-chinh", "parts": []}
                ],
            },
        ],
        "recipients": [
            {"label": "Ban Thi đua huyện", "office": f"huyen-{code}", "addressee": True},
            {"label": "Lưu: VT", "file_copy": True},
        ],
        **changes,
    }


def a_report(**changes: Any) -> dict[str, Any]:
    """Return the content of a report of the culture sector, as a program sends it."""
    return {
        "movements": [{"name": "Xây dựng đời sống văn hóa", "result": "Sôi nổi"}],
        "indicators": [{"code": "VX1", "actual": 65}],
        "achievements": [{"field": "van-hoa-xa-hoi", "text": "Chất lượng dạy học nâng lên"}],
        "nominations": [
            {"kind": "individual", "name": "Nguyễn Thị Một", "award": "advanced_worker"}
        ],
        "limitations": ["Tuyên truyền chưa thường xuyên"],
        "directions": ["Đẩy mạnh phong trào"],
        **changes,
    }


PART_FORMS: Mapping[str, dict[str, str]] = {
    "movements": {
        "movements-0-name": "Xây dựng đời sống văn hóa",
        "movements-0-result": "Sôi nổi",
    },
    "indicators": {
        "indicators-0-code": "VX1",
        "indicators-0-plan": "",
        "indicators-0-actual": "65",
        "indicators-0-reported_percent": "",
        "indicators-1-code": "VX2",
    },
    "achievements": {
        "achievements-0-field": "van-hoa-xa-hoi",
        "achievements-0-prompt": "van-hoa-xa-hoi",
        "achievements-0-text": "Chất lượng dạy học nâng lên",
    },
    "nominations": {
        "nominations-0-kind": "individual",
        "nominations-0-name": "Nguyễn Thị Một",
        "nominations-0-award": "advanced_worker",
    },
    "limitations": {"limitations-0": "Tuyên truyền chưa thường xuyên"},
    "directions": {"directions-0": "Đẩy mạnh phong trào"},
}


def a_part_form(part: str, **changes: str) -> dict[str, str]:
    """Return one part of the same report as its page sends it."""
    return {"action": "save", "version": "0", **PART_FORMS[part], **changes}


@dataclass
class Clock:
    """A clock that a test sets."""

    at: datetime = datetime(2023, 12, 10, 2, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **step: float) -> None:
        """Let time pass."""
        self.at += timedelta(**step)


@dataclass
class World:
    """Everything of one test."""

    deps: Deps
    app: Flask
    clock: Clock
    office: LoadedOffice
    foreign: LoadedOffice
    kernel: KernelSettings
    files_dir: Path
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def period(self) -> str:
        """Return the path of the one period."""
        return f"/periods/{self.office.period_id}"

    def person(self, role: Role, unit: str = "", *, at: LoadedOffice | None = None) -> Person:
        """Return somebody with that role, made at the first call."""
        office = at or self.office
        key = f"{role}-{unit}@{office.office_id}"
        if key not in self.people:
            account_id = create_account(
                NewAccount(
                    office_id=office.office_id,
                    login_name=key,
                    display_name=f"Người {role.value} {unit}".strip(),
                    password=PASSWORD,
                    role=role,
                    unit_code=unit,
                ),
                deps=self.deps,
            )
            self.people[key] = Person(
                account_id=account_id,
                office_id=office.office_id,
                role=role,
                name=f"Người {role.value} {unit}".strip(),
                office_name="UBND xã An Phú",
                unit_id=office.unit_ids.get(unit),
            )
        return self.people[key]

    def officer(self, unit: str = "van-hoa") -> Person:
        """Return the officer of a sector."""
        return self.person(Role.SECTOR_OFFICER, unit)

    def colleague(self) -> Person:
        """Return another officer of the culture sector."""
        key = "colleague"
        if key not in self.people:
            account_id = create_account(
                NewAccount(
                    office_id=self.office.office_id,
                    login_name=key,
                    display_name="Đồng nghiệp",
                    password=PASSWORD,
                    role=Role.SECTOR_OFFICER,
                    unit_code="van-hoa",
                ),
                deps=self.deps,
            )
            self.people[key] = replace(self.officer(), account_id=account_id, name="Đồng nghiệp")
        return self.people[key]

    def clerk(self) -> Person:
        """Return the clerk."""
        return self.person(Role.CLERK)

    def client(self, person: Person | None = None) -> PageClient:
        """Return a browser, signed in as that person."""
        return PageClient(self.app, person)


def a_world(database_url: str, kernel: KernelSettings, folder: Path | None = None) -> World:
    """Return two offices with the same form, nobody having begun; files lie in the folder."""
    files_dir = folder or Path(mkdtemp(prefix="thidua-intake-"))
    clock = Clock()
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    deps = Deps(
        database=Database(database_url),
        passwords=Passwords(cheap),
        files=FileStore(files_dir),
        now=clock,
        # Tests let weeks pass at once; those about sessions choose a lifetime of their own.
        session_lifetime=timedelta(days=3650),
    )
    settings = IntakeSettings(kernel=kernel, database_url=database_url, files_dir=files_dir)
    return World(
        deps=deps,
        app=_app_of(settings, deps),
        clock=clock,
        office=load_office_file(an_office_file(), deps=deps, due_on=DUE_ON),
        foreign=load_office_file(an_office_file("tan-lap"), deps=deps, due_on=DUE_ON),
        kernel=kernel,
        files_dir=files_dir,
    )


class _Latest:
    """The collaborators of the world that was made last, for what an app keeps from its making."""

    now_used: Deps

    def __getattr__(self, name: str) -> Any:
        return getattr(self.now_used, name)


_LATEST = _Latest()
_APPS: dict[KernelSettings, Flask] = {}


def _app_of(settings: IntakeSettings, deps: Deps) -> Flask:
    """Return the app of these settings: made once a process, for its making costs half a second."""
    _LATEST.now_used = deps
    app = _APPS.get(settings.kernel)
    if app is None:
        app = _APPS[settings.kernel] = create_app(settings, cast(Deps, _LATEST))
    app.extensions["deps"] = deps
    return app


class Api:
    """The API as one person calls it; every unsafe call under a key of its own."""

    def __init__(self, world: World, person: Person) -> None:
        self._client, self._period = world.client(person), world.office.period_id

    def post(self, path: str, body: Any = None, *, key: str | None = None) -> Any:
        """Call and return the response."""
        return self._send("POST", path, body, key)

    def put(self, path: str, body: Any = None, *, key: str | None = None) -> Any:
        """Put and return the response."""
        return self._send("PUT", path, body, key)

    def _send(self, method: str, path: str, body: Any, key: str | None) -> Any:
        headers = {"Idempotency-Key": key or uuid4().hex}
        # Escaped, so that even what is no Unicode text can be sent.
        data, kind = json.dumps(body), "application/json"
        return self._client.api(
            method, f"/api/v1{path}", data=data, content_type=kind, headers=headers
        )

    def get(self, path: str) -> Any:
        """Ask and return the response."""
        return self._client.api("GET", f"/api/v1{path}")

    def report(
        self, content: Mapping[str, Any] | None = None, action: str = "submit", **options: Any
    ) -> Any:
        """Save or hand in a report for the one period."""
        body = {"action": action, "content": a_report() if content is None else content}
        return self.post(f"/periods/{self._period}/submissions", body, **options)


def submitted(world: World, unit: str = "van-hoa") -> UUID:
    """Have a sector submit; return the submission."""
    content = a_report() if unit == "van-hoa" else {"limitations": ["Thu phí thấp"]}
    answer = Api(world, world.officer(unit)).report(content)
    assert answer.status_code == 201, answer.json
    return UUID(answer.json["submission_id"])


def accepted(world: World, unit: str = "van-hoa") -> UUID:
    """Have a sector submit and the clerk accept; return the submission."""
    submission_id = submitted(world, unit)
    answer = Api(world, world.clerk()).post(f"/submissions/{submission_id}/accept", {})
    assert answer.status_code == 200, answer.json
    return submission_id
