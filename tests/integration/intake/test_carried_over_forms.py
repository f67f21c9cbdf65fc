"""A database from before forms were editions is brought up to date without a loss."""

import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from alembic import command
from sqlalchemy import text

from kernel.database import Database
from kernel.migrations import alembic_config, upgrade
from services.intake.persistence import MIGRATIONS
from services.intake.persistence.documents import content_from
from services.intake.persistence.form_editions import FormEditions
from services.intake.persistence.models import PeriodRow, RoundRow, SubmissionRow

OFFICE, PERIOD, UNIT, ACCOUNT, SUBMISSION = (uuid4() for _ in range(5))
AT = datetime(2023, 12, 1, 3, 0, tzinfo=UTC)
FORM = {
    "headings": [{"code": "vh", "title": "Văn hóa"}],
    "indicators": [
        {
            "code": "VH1",
            "name": "Gia đình văn hóa",
            "field": "vh",
            "unit_code": "van-hoa",
            "unit": "hộ",
            "base": "740",
            "parts": [],
            "decimals": 2,
        }
    ],
    "expected_movements": [{"unit_code": "van-hoa", "movements": ["Một"]}],
    "awards": [],
    "movements_from_above": [],
    "movements_commune_wide": [],
}
CONTENT = {"achievements": [{"field": "vh", "text": "Tốt"}], "limitations": ["Ít"]}
ROWS = {
    "office": {
        "id": OFFICE,
        "code": "xa",
        "name": "UBND xã",
        "short_name": "UBND",
        "place": "Xã",
        "level": "commune",
        "letterhead": "{}",
        "created_at": AT,
    },
    "unit": {
        "id": UNIT,
        "office_id": OFFICE,
        "code": "van-hoa",
        "name": "Văn hóa",
        "position": 0,
        "is_active": True,
    },
    "account": {
        "id": ACCOUNT,
        "office_id": OFFICE,
        "unit_id": UNIT,
        "login_name": "a",
        "password_hash": "x",
        "display_name": "A",
        "role": "sector_officer",
        "is_active": True,
        "created_at": AT,
    },
    "period": {
        "id": PERIOD,
        "office_id": OFFICE,
        "code": "2023",
        "title": "Năm 2023",
        "year": 2023,
        "status": "open",
        "due_on": AT.date(),
        "form": json.dumps(FORM),
        "opened_at": AT,
    },
    "submission": {
        "id": SUBMISSION,
        "office_id": OFFICE,
        "period_id": PERIOD,
        "unit_id": UNIT,
        "state": "submitted",
        "round": 1,
        "version": 1,
        "updated_at": AT,
        "submitted_at": AT,
    },
    "submission_round": {
        "id": uuid4(),
        "submission_id": SUBMISSION,
        "number": 1,
        "state": "submitted",
        "content": json.dumps(CONTENT),
        "sha256": "0" * 64,
        "saved_at": AT,
        "saved_by": ACCOUNT,
        "submitted_at": AT,
    },
}


@pytest.fixture
def old_database(new_database, tmp_path: Path):
    """A database at the first revision, with one submitted report."""
    empty = tmp_path / "no-migrations"
    (empty / "versions").mkdir(parents=True)
    (empty / "env.py").write_text((MIGRATIONS / "env.py").read_text())
    url = new_database(empty)
    command.upgrade(alembic_config(url, MIGRATIONS), "0001")
    database = Database(url)
    with database.begin() as session:
        for table, row in ROWS.items():
            names = ", ".join(f'"{name}"' for name in row)
            values = ", ".join(f":{name}" for name in row)
            given = {name: _bound(value, database) for name, value in row.items()}
            session.execute(text(f'INSERT INTO "{table}" ({names}) VALUES ({values})'), given)  # noqa: S608
    yield url, database
    database.dispose()


def _bound(value: object, database: Database) -> object:
    if database.engine.dialect.name != "sqlite":
        return value
    if isinstance(value, UUID):
        return value.hex
    return value.strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(value, datetime) else value


def test_periods_and_reports_keep_what_they_were_asked(old_database):
    url, database = old_database

    upgrade(url, MIGRATIONS)

    with database.read() as session:
        period = session.get_one(PeriodRow, PERIOD)
        submission = session.get_one(SubmissionRow, SUBMISSION)
        assert submission.edition_id == period.edition_id
        edition = FormEditions(session, office_id=OFFICE).get(period.edition_id)
        form = FormEditions(session, office_id=OFFICE).form(period.edition_id)
        assert (edition.number, edition.title, edition.pinned_at) == (1, "Năm 2023", AT)
        assert [it.code for it in form.indicators_of("van-hoa")] == ["VH1"]
        round_ = session.query(RoundRow).one()
        assert round_.sha256 == "0" * 64
        assert content_from(round_.content).answers_to(form.prompts_of("van-hoa")[0]) == ("Tốt",)
