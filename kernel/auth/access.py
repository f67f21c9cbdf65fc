"""Every view says who may call it; a view that does not say is refused at start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, g, request
from flask_wtf.csrf import CSRFError, CSRFProtect

from kernel.auth import kept_forms
from kernel.auth.credentials import Credentials, digest_of, is_token
from kernel.auth.principal import Person, Role, Service, claimed_person, forget_person
from kernel.auth.scopes import Area, covers
from kernel.auth.service_tokens import read_token
from kernel.errors import Forbidden, NotSignedIn

View = TypeVar("View", bound=Callable[..., Any])

csrf = CSRFProtect()


@dataclass(frozen=True, slots=True)
class Access:
    """Who may call a view: these roles, these services, or everybody.

    A program with an API token is limited by the scopes of the view's area as well; `area` is the
    service's own where a view says nothing. Some views are for people at a browser alone.
    """

    roles: frozenset[Role] = frozenset()
    services: frozenset[Service] = frozenset()
    public: bool = False
    area: Area | None = None
    by_token: bool = True


AREAS = {
    Service.INTAKE: Area.REPORTS,
    Service.ASSEMBLER: Area.DRAFTING,
    Service.ARCHIVE: Area.ARCHIVE,
}


def access(
    *roles: Role,
    services: tuple[Service, ...] = (),
    area: Area | None = None,
    by_token: bool = True,
) -> Callable[[View], View]:
    """Allow a view to these roles and services only."""
    return _mark(Access(frozenset(roles), frozenset(services), area=area, by_token=by_token))


def signed_in(view: View) -> View:
    """Allow a view to every person who has signed in."""
    return _mark(Access(frozenset(Role)))(view)


def public(view: View) -> View:
    """Allow a view to everybody: sign-in, health, what proves a document."""
    return _mark(Access(public=True))(view)


def _mark(rule: Access) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        view.access = rule  # type: ignore[attr-defined]
        return view

    return decorate


def access_of(view: Callable[..., Any]) -> Access | None:
    """Return what a view said about itself."""
    return getattr(view, "access", None)


def init_app(app: Flask, *, service: Service, service_key: str, credentials: Credentials) -> None:
    """Check the rule of each view before it runs, and the form token of each unsafe request."""
    csrf.init_app(app)

    @app.before_request
    def _check() -> None:
        g.person, g.caller = None, None
        if (request.endpoint or "").endswith("static"):
            return
        view = app.view_functions.get(request.endpoint or "")
        bearer = _bearer()
        if not bearer:
            g.person = _person_at_browser(credentials)
        if view is None:
            return
        rule = access_of(view)
        if rule is None:
            raise RuntimeError(f"{request.endpoint} does not say who may call it")
        if not bearer:
            _check_form_token(rule)
        elif is_token(bearer):
            g.person = _person_of_token(bearer, credentials)
            _check_scopes(g.person, rule, AREAS[service])
        else:
            g.caller = read_token(service_key, bearer, audience=service)
        _authorise(rule)


def _bearer() -> str:
    header = request.headers.get("Authorization", "")
    return header.removeprefix("Bearer ") if header.startswith("Bearer ") else ""


def _person_at_browser(credentials: Credentials) -> Person | None:
    claimed = claimed_person()
    if claimed is None or claimed.session_id is None:
        return None
    person = credentials.session(claimed.session_id, claimed)
    if person is None:
        forget_person()
    return person


def _person_of_token(token: str, credentials: Credentials) -> Person:
    if not request.path.startswith("/api/"):
        raise NotSignedIn("Thẻ truy cập chỉ dùng để gọi API.")
    person = credentials.token(digest_of(token))
    if person is None:
        raise NotSignedIn("Thẻ truy cập không đúng, đã hết hạn hoặc đã bị thu hồi.")
    return person


def _check_scopes(person: Person, rule: Access, usual: Area) -> None:
    if rule.public:
        return
    if not rule.by_token:
        raise Forbidden("Chức năng này chỉ dùng khi đăng nhập, không dùng bằng thẻ truy cập.")
    area = rule.area or usual
    if not covers(person.scopes or (), area, request.method):
        raise Forbidden("Phạm vi của thẻ truy cập không gồm chức năng này.")


def _check_form_token(rule: Access) -> None:
    """Check that a page of ours sent this; a bearer token is never sent by a browser by itself."""
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    try:
        csrf.protect()
    except CSRFError as exc:
        _keep_form(rule)
        raise Forbidden(
            "Biểu mẫu đã hết hạn hoặc không do trang này gửi. "
            "Hãy quay lại, tải lại trang rồi gửi lại."
        ) from exc


def _authorise(rule: Access) -> None:
    if rule.public:
        return
    if g.caller is not None:
        if g.caller.service not in rule.services:
            raise Forbidden("Dịch vụ này không được gọi chức năng này.")
        return
    if g.person is None:
        _keep_form(rule)
        raise NotSignedIn("Bạn cần đăng nhập để tiếp tục.")
    if g.person.role not in rule.roles:
        raise Forbidden("Tài khoản của bạn không có quyền dùng chức năng này.")


def _keep_form(rule: Access) -> None:
    """Show a form again that was sent by a page whose session has ended meanwhile."""
    if rule.public or not kept_forms.is_page_form():
        return
    kept = kept_forms.keep(request)
    if kept is not None:
        raise kept_forms.FormOutlivedSession(kept)


def unmarked_views(app: Flask) -> list[str]:
    """Return the endpoints that do not say who may call them."""
    return sorted(
        name
        for name, view in app.view_functions.items()
        if not name.endswith("static") and access_of(view) is None
    )


def refuse_unmarked_views(app: Flask) -> None:
    """Stop the start of an app in which a route forgot to say who may use it."""
    missing = unmarked_views(app)
    if missing:
        raise RuntimeError(f"views without @access: {', '.join(missing)}")
