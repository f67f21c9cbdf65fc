"""One look for the three services: layout, macros, filters and static files."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Blueprint, Flask, g, request

from kernel.auth.principal import ROLE_LABELS, Role, Service
from kernel.clock import in_hanoi


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """One entry of the main menu and the roles that see it."""

    label: str
    path: str
    roles: frozenset[Role]
    service: Service
    also: tuple[str, ...] = ()
    """Other addresses whose pages stand under this entry."""

    def stands_over(self, path: str) -> int:
        """Return the length of the longest address of this entry under which the path is, or 0."""
        own = (self.path.rstrip("/"), *self.also)
        return max((len(it) for it in own if path.startswith(it)), default=0)


_OFFICE = frozenset({Role.CLERK, Role.LEADER})

NAVIGATION = (
    NavigationLink(
        "Báo cáo của ngành", "/intake/", frozenset({Role.SECTOR_OFFICER}), Service.INTAKE
    ),
    NavigationLink("Tiếp nhận", "/intake/", _OFFICE | {Role.ADMIN}, Service.INTAKE),
    NavigationLink(
        "Biểu mẫu", "/intake/forms", frozenset({Role.CLERK, Role.ADMIN}), Service.INTAKE
    ),
    NavigationLink(
        "Đơn vị và tài khoản",
        "/intake/accounts",
        frozenset({Role.ADMIN}),
        Service.INTAKE,
        also=("/intake/units", "/intake/superiors", "/intake/office", "/intake/import"),
    ),
    NavigationLink("Soạn thảo", "/assembler/", _OFFICE, Service.ASSEMBLER),
    NavigationLink(
        "Mẫu văn bản", "/assembler/templates/", frozenset({Role.ADMIN}), Service.ASSEMBLER
    ),
    NavigationLink("Lưu trữ", "/archive/", _OFFICE, Service.ARCHIVE),
    NavigationLink("Văn bản đến", "/archive/", frozenset({Role.SUPERIOR}), Service.ARCHIVE),
)


def init_app(app: Flask, service: Service) -> None:
    """Give the app the shared templates, static files, filters and menu."""
    blueprint = Blueprint(
        "kernel_web",
        __name__,
        template_folder="templates",
        static_folder="static",
        static_url_path="/assets",
    )
    app.register_blueprint(blueprint)
    app.add_template_filter(_moment, "moment")
    app.add_template_filter(_day, "day")
    app.add_template_global(_field_error, "field_error")

    @app.context_processor
    def _shared() -> dict[str, Any]:
        person = g.get("person")
        links = [link for link in NAVIGATION if person and person.role in link.roles]
        return {
            "person": person,
            "role_label": ROLE_LABELS[person.role] if person else "",
            "navigation": links,
            "here": _here(links, service),
            "this_service": service,
        }


def _here(links: list[NavigationLink], service: Service) -> NavigationLink | None:
    """Return the entry under which this page stands: the one with the longest fitting path."""
    own = [link for link in links if link.service is service]
    path = request.script_root + request.path
    fitting = [link for link in own if link.stands_over(path)]
    return max(fitting or own[:1], key=lambda link: link.stands_over(path), default=None)


def _moment(value: datetime | None) -> str:
    """Show a moment as "14:05 ngày 03/02/2024" on a Vietnamese clock."""
    return in_hanoi(value).strftime("%H:%M ngày %d/%m/%Y") if value else ""


def _day(value: date | None) -> str:
    """Show a day as "03/02/2024"."""
    return value.strftime("%d/%m/%Y") if value else ""


def _field_error(errors: dict[str, str] | None, name: str) -> str:
    return (errors or {}).get(name, "")
