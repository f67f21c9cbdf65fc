"""Every route that takes an id, asked with the ids of another office: not found, whoever asks."""

import io
import itertools
from collections import defaultdict
from uuid import uuid4

from sqlalchemy import select

from kernel.auth.principal import Role
from services.intake.persistence.models import Base
from services.intake.use_cases.attaching import AddFile, add_file
from tests.builders.files import a_pdf
from tests.builders.intake import Api, a_part_form, accepted

SECRET = "Chỉ văn phòng này biết"
TABLES = {
    "edition_id": ("form_edition",),
    "relation_id": ("superior_relation",),
    "session_id": ("council_session", "sign_in_session"),
    "set_aside_id": ("set_aside_part",),
    "thread_id": ("submission_comment",),
    "token_id": ("api_token",),
}
OTHERS = {"part": "movements", "rows": "headings", "section": "movements"}
FORM = {"reason": "x", "version": "1", "action": "save", "round": "1", "choice": "mine"}
ROLES = (Role.SECTOR_OFFICER, Role.CLERK, Role.LEADER, Role.ADMIN)


def _filled(world):
    """Let one office have something of every kind."""
    period = f"/periods/{world.office.period_id}"
    clerk, officer = Api(world, world.clerk()), Api(world, world.officer())
    report = f"/submissions/{accepted(world)}"
    done = [
        clerk.post(f"{report}/comments", {"part": "movements", "text": SECRET}),
        clerk.post(f"{period}/candidates/read"),
        clerk.post(f"{period}/council-sessions"),
        clerk.post(f"{period}/dossiers"),
        clerk.post(f"{report}/reopen", {"reason": SECRET}),
        officer.post("/me/tokens", {"name": SECRET, "scopes": ["reports:read"], "days": 30}),
    ]
    assert [it.status_code for it in done if it.status_code >= 400] == []
    command = AddFile(
        period_id=world.office.period_id, name=f"{SECRET}.pdf", stream=io.BytesIO(a_pdf())
    )
    add_file(command, by=world.officer(), deps=world.deps)
    for person in (world.officer(), world.colleague()):
        form = a_part_form("limitations", **{"limitations-0": f"{SECRET}: {person.name}"})
        world.client(person).post(f"{period}/report/parts/limitations", form)


def _ids(world):
    found = defaultdict(list)
    with world.deps.database.read() as session:
        for table in Base.metadata.sorted_tables:
            if {"id", "office_id"}.issubset(table.columns.keys()):
                mine = table.columns["office_id"] == world.office.office_id
                found[table.name] = list(session.scalars(select(table.columns["id"]).where(mine)))
    return found


def _asked(rule, ids):
    """Yield the values with which the route is asked: one id a table and parameter."""
    names = sorted(it for it in rule.arguments if it.endswith("_id"))
    choices = [
        [ids[table][0] for table in TABLES.get(name, (name.removesuffix("_id"),)) if ids[table]]
        for name in names
    ]
    others = {name: OTHERS[name] for name in rule.arguments if name in OTHERS}
    for chosen in itertools.product(*choices):
        yield {**others, **dict(zip(names, chosen, strict=True))}


def _answers(pages, method, path):
    key = {"Idempotency-Key": uuid4().hex}
    if method == "GET":
        return pages.api("GET", path)
    if path.startswith("/api/"):
        return pages.api(method, path, json={"reason": "x", "version": 1}, headers=key)
    return pages.post(path, {**FORM, "idempotency_key": uuid4().hex})


def test_nothing_of_another_office_is_found_on_any_route(world):
    _filled(world)
    ids, wrong, tried = _ids(world), [], set()
    foreigners = {
        role: world.client(
            world.person(role, "van-hoa" if role is Role.SECTOR_OFFICER else "", at=world.foreign)
        )
        for role in ROLES
    }
    adapter = world.app.url_map.bind("localhost")
    with_id = [
        it
        for it in world.app.url_map.iter_rules()
        if any(name.endswith("_id") for name in it.arguments) and "introspection" not in it.rule
    ]
    for rule, role in itertools.product(with_id, ROLES):
        if role not in world.app.view_functions[rule.endpoint].access.roles:
            continue
        for values, method in itertools.product(
            _asked(rule, ids), sorted(rule.methods - {"HEAD", "OPTIONS"})
        ):
            path = adapter.build(rule.endpoint, values, method=method)
            answer = _answers(foreigners[role], method, path)
            tried.add(rule.rule)
            if answer.status_code not in {404, 422} or SECRET in answer.text:
                wrong.append((answer.status_code, method, path, role))

    # What was chosen on a board is looked at first: with nothing chosen the way leads back.
    assert {path for _, _, path, _ in wrong} <= {f"{world.period}/accept-many"}
    untried = {it.rule for it in with_id} - tried
    assert {it for it in untried if "/mails/" not in it} == set()
