import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from services.intake.persistence.form_editions import FormEditions
from services.intake.persistence.models import Base, FormEditionRow, PeriodRow
from services.intake.use_cases.watching import show_form
from tests.builders.intake import accepted, submitted


@pytest.mark.parametrize("change", ["update", "delete"])
def test_an_edition_that_a_period_asks_cannot_be_changed(world, change):
    statement = update(FormEditionRow).values(title="x") if change == "update" else None

    with pytest.raises(DBAPIError, match="written once"), world.deps.database.begin() as session:
        session.execute(delete(FormEditionRow) if statement is None else statement)


def test_a_draft_of_an_edition_may_be_changed(world):
    with world.deps.database.begin() as session:
        editions = FormEditions(session, office_id=world.office.office_id)
        draft = editions.add(_form(world), title="Nháp", at=world.deps.now())
        assert draft.number == 2

    with world.deps.database.begin() as session:
        changed = update(FormEditionRow).where(FormEditionRow.id == draft.id).values(title="Mới")
        session.execute(changed)

    with world.deps.database.read() as session:
        editions = FormEditions(session, office_id=world.office.office_id)
        assert editions.get(draft.id).title == "Mới"


def test_a_report_keeps_the_edition_that_it_was_begun_under(world, clerk_api):
    begun = submitted(world)
    _ask_without_culture(world)

    still = clerk_api.get(f"/submissions/{begun}")
    form = clerk_api.get(f"{world.period}/form").json

    assert still.status_code == 200
    assert [it["code"] for it in form["headings"]] == ["kinh-te"]
    assert still.json["content"]["indicators"][0]["code"] == "VX1"
    assert clerk_api.post(f"/submissions/{begun}/accept", {}).status_code == 200


def test_the_dossier_names_the_headings_of_older_editions_last(world, clerk_api):
    accepted(world)
    _ask_without_culture(world)

    content = clerk_api.post(f"{world.period}/dossiers").json["content"]

    assert [it["code"] for it in content["headings"]] == ["kinh-te", "van-hoa-xa-hoi"]
    assert content["sectors"][0]["indicators"][0]["code"] == "VX1"


def test_the_migrations_build_the_tables_that_the_models_describe(world):
    with world.deps.database.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)

    assert differences == []


def _form(world):
    return show_form(world.office.period_id, office_id=world.office.office_id, deps=world.deps)


def _ask_without_culture(world):
    form = _form(world)
    kept = [it for it in form.headings if it.code == "kinh-te"]
    narrowed = type(form)(
        headings=tuple(kept),
        prompts=tuple(it for it in form.prompts if it.field == "kinh-te"),
        indicators=tuple(it for it in form.indicators if it.field == "kinh-te"),
        awards=form.awards,
    )
    with world.deps.database.begin() as session:
        editions = FormEditions(session, office_id=world.office.office_id)
        edition = editions.add(narrowed, title="Bản sửa", at=world.deps.now())
        editions.pin(edition.id, at=world.deps.now())
        period = session.scalars(
            select(PeriodRow).where(PeriodRow.id == world.office.period_id)
        ).one()
        period.edition_id = edition.id
