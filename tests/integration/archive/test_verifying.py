import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from kernel.contracts.renditions import RenditionOutcome
from services.archive.use_cases.deps import Deps
from services.archive.use_cases.rendering import RecordRendition, record_rendition
from services.archive.use_cases.verifying import verify
from tests.builders.archive import COMMUNE, PROFILE
from tests.support.archive import damage, deposited, issued


def _unguarded(deps: Deps, table: str, statement: str) -> None:
    """Change a row as someone with the database in his hands would: without its guards."""
    with deps.sessions.begin() as session:
        if session.get_bind().dialect.name == "sqlite":
            for name in ("update", "delete"):
                session.execute(text(f"DROP TRIGGER keep_{table}_{name}"))
        else:
            session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        session.execute(text(statement))


def test_an_untouched_archive_is_sound(deps: Deps):
    receipt = issued(deps)
    record_rendition(
        RecordRendition(
            version_id=receipt.version_id,
            outcome=RenditionOutcome(converter="x", is_quick_view=False, pages=1),
            data=b"%PDF-1.7",
        ),
        office_id=COMMUNE,
        deps=deps,
    )

    found = verify(deps=deps)

    assert (found.is_sound, found.files, found.issued, found.unnamed_files) == (True, 3, 1, 0)


def test_one_flipped_bit_on_the_disk_is_named(deps: Deps, tmp_path: Path):
    receipt = issued(deps)
    damage(tmp_path, receipt.sha256)

    found = verify(deps=deps)

    assert found.differences == (f"version {receipt.version_id}: file-damaged {receipt.sha256}",)


def test_a_lost_file_is_named_and_a_stray_one_is_counted(deps: Deps, tmp_path: Path):
    receipt = issued(deps)
    next(tmp_path.glob(f"files/sha256/*/*/{receipt.sha256}")).unlink()
    deps.files.put(b"stray")

    found = verify(deps=deps)

    assert found.differences == (f"version {receipt.version_id}: file-missing {receipt.sha256}",)
    assert found.unnamed_files == 1


@pytest.mark.parametrize(
    ("table", "statement", "difference"),
    [
        ("document", "UPDATE document SET number = 5", "differs from the ledger"),
        ("document", "UPDATE document SET number = 5", "gap or a double"),
        ("document", "UPDATE document SET number = 5", "has no such document"),
        ("document", "UPDATE document SET issued_on = '2020-01-01'", "differs from the ledger"),
        ("document", "UPDATE document SET register_id = NULL", "stand in no register"),
        ("ledger", "UPDATE ledger SET entry = replace(entry, '05', '06')", "chain broken"),
        ("ledger", "DELETE FROM ledger WHERE sequence = 1", "chain broken at entry 2"),
    ],
)
def test_rows_changed_behind_the_guards_are_named(
    deps: Deps, table: str, statement: str, difference: str
):
    issued(deps)
    if "DELETE" in statement:
        issued(deps)
    _unguarded(deps, table, statement)

    found = verify(deps=deps)

    assert any(difference in line for line in found.differences), found.differences


def test_the_command_line_migrates_opens_registers_and_verifies(
    app: Flask, deps: Deps, tmp_path: Path
):
    profile = tmp_path / "profile.json"
    profile.write_text(json.dumps(PROFILE), "utf-8")
    runner = app.test_cli_runner()
    opening = ["open-register", "--office", "linh-thong", "--issuing-body", "ubnd"]

    results = [
        runner.invoke(args=["archive", *arguments])
        for arguments in (
            ["migrate"],
            ["load-registers", str(profile)],
            [*opening, "--symbol", "TB-UBND", "--title", "Sổ thông báo"],
            ["verify"],
        )
    ]

    assert [result.exit_code for result in results] == [0, 0, 0, 0], [r.output for r in results]
    assert "0 difference(s)" in results[-1].output


def test_verify_exits_with_one_and_names_what_differs(app: Flask, deps: Deps, tmp_path: Path):
    receipt = deposited(deps)
    damage(tmp_path, receipt.sha256)

    result = app.test_cli_runner().invoke(args=["archive", "verify"])

    assert result.exit_code == 1
    assert f"version {receipt.version_id}: file-damaged" in result.output
