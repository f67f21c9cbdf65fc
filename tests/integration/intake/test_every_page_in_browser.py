"""Every page of intake with something on it, as each role that may see it, looked at by axe."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import pytest
from flask import Flask

from kernel.auth.access import access_of
from kernel.auth.principal import Role, Service
from services.intake.domain.forms import Part
from services.intake.use_cases.setting_aside import list_set_asides
from tests.builders.council import Bench, nominated
from tests.builders.files import a_pdf, multipart
from tests.builders.intake import Api, submitted
from tests.support.browser import DESK, Visitor
from tests.support.live import listening

pytestmark = pytest.mark.browser

# Addresses that lead on, and files: no page to be looked at.
_NO_PAGE = {
    "home.show",  # leads everybody to where his work is
    "accepting.check_chosen",  # leads back where nothing was chosen; its page has its own journey
    "attachments.download",
    "form_sheets.export_indicators",
    "importing.download_template",
    "part_lists.export",
    "part_lists.template",
}

# What a page asks for beside its path.
_QUERIES = {
    ("form_rows.show_row", "headings"): "?code=kinh-te",
    ("form_rows.show_row", "prompts"): "?code=kinh-te",
    ("form_rows.show_row", "indicators"): "?code=VX1",
    ("period_settings.show_edition_change", None): "?edition={edition_id}",
}
_WITHOUT_LISTS = {Part.ACHIEVEMENTS, Part.LIMITATIONS, Part.DIRECTIONS}


@dataclass(frozen=True)
class Filled:
    """A world with something on every page; `values` are what stands for each part of a path."""

    values: Mapping[str, tuple[str, ...]]


@pytest.fixture
def filled(world, clerk_api) -> Filled:
    world.person(Role.ADMIN)
    returned = submitted(world)
    clerk_api.post(f"/submissions/{returned}/comments", {"part": "indicators", "text": "Chưa khớp"})
    clerk_api.post(f"/submissions/{returned}/return", {"reason": "Sửa số liệu"})
    officer, colleague = world.client(world.officer()), world.client(world.colleague())
    parts = f"{world.period}/report/parts"
    version = re.search(r'name="version" value="(\d+)"', officer.get(f"{parts}/limitations").text)
    for who, text in ((officer, "của người thứ nhất"), (colleague, "của người thứ hai")):
        form = {"action": "save", "version": version.group(1), "limitations-0": text}
        assert who.post(f"{parts}/limitations", form).status_code == 303
    files = multipart([(a_pdf(), "Biên bản họp xét.pdf")])
    attached = officer.api("POST", f"{world.period}/report/attachments", **files)
    assert attached.status_code == 303
    return Filled(values=_values(world, clerk_api, returned))


def _values(world, clerk_api, returned) -> Mapping[str, tuple[str, ...]]:
    invited = {"login_name": "moi@an-phu", "display_name": "Đỗ Thị Mới", "role": "clerk"}
    link = Api(world, world.person(Role.ADMIN)).post("/accounts", invited).json["link"]
    bench = Bench(world, clerk_api)
    bench.propose("tai-chinh", nominated("Nguyễn Thị Một"), nominated("Trần Văn Hai"))
    bench.read()
    session = bench.open().rpartition("/")[2]
    last = clerk_api.get("/forms").json["items"][0]["id"]
    draft = clerk_api.post("/forms", {"title": "Biểu mẫu năm sau", "copy_of": last})
    assert draft.status_code == 201, draft.json
    set_aside = list_set_asides(world.office.period_id, by=world.officer(), deps=world.deps)[0]
    return {
        "period_id": (str(world.office.period_id),),
        "submission_id": (str(returned),),
        "session_id": (session,),
        "edition_id": (draft.json["id"],),
        "set_aside_id": (str(set_aside.id),),
        "unit_id": (str(world.office.unit_ids["van-hoa"]),),
        "account_id": (str(world.officer().account_id),),
        "secret": (link.rpartition("/")[2],),
        "part": tuple(Part),
        "rows": ("headings", "prompts", "indicators"),
        "section": ("movements", "awards", "guides"),
        "subject": ("units", "accounts"),
    }


def _pages(app: Flask, filled: Filled) -> Iterator[tuple[Role | None, str]]:
    """Yield each address of a page with each role that may open it; None for a public one."""
    for rule in app.url_map.iter_rules():
        is_page = "GET" in (rule.methods or ()) and not rule.rule.startswith(("/api/", "/health"))
        if not is_page or rule.endpoint.endswith("static") or rule.endpoint in _NO_PAGE:
            continue
        access = access_of(app.view_functions[rule.endpoint])
        names = sorted(rule.arguments)
        for values in product(*(filled.values[name] for name in names)):
            given = dict(zip(names, values, strict=True))
            if given.get("part") in _WITHOUT_LISTS and rule.endpoint.startswith("part_lists."):
                continue
            address = re.sub(r"<(?:[^:<>]+:)?(\w+)>", lambda it, of=given: of[it[1]], rule.rule)
            query = _QUERIES.get((rule.endpoint, given.get("rows")), "")
            address += query.format(edition_id=filled.values["edition_id"][0])
            for role in [None] if access.public else sorted(access.roles - {Role.SUPERIOR}):
                yield role, address


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_no_page_has_barriers_scrolls_sideways_or_complains(world, filled, browser):
    by_role: dict[Role | None, list[str]] = {}
    for role, address in _pages(world.app, filled):
        by_role.setdefault(role, []).append(address)
    assert sum(map(len, by_role.values())) > 100

    with listening(world.app, Service.INTAKE) as address:
        for role, paths in by_role.items():
            context = browser.new_context(locale="vi-VN", reduced_motion="reduce")
            if role is not None:
                unit = "van-hoa" if role is Role.SECTOR_OFFICER else ""
                cookie = world.client(world.person(role, unit)).cookie()
                context.add_cookies([{"name": "thidua_session", "value": cookie, "url": address}])
            page = context.new_page()
            visitor = Visitor(page, address, DESK)
            for path in paths:
                answer = page.goto(f"{address}/intake{path}")
                assert answer.status == 200, f"{path} as {role}: {answer.status}"
                visitor.look()
            context.close()
