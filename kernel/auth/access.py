"""Every view says who may call it; a view that does not say is refused at start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, g, request
from flask_wtf.csrf import CSRFError, CSRFProtect

from kernel.auth.principal import Role, Service, person_of_session
from kernel.auth.service_tokens import read_token
from kernel.errors import Forbidden, NotSignedIn

View = TypeVar("View", bound=Callable[..., Any])

csrf = CSRFProtect()


@dataclass(frozen=True, slots=True)
class Access:
    """Who may call a view: these roles, these services, or everybody."""

    roles: frozenset[Role] = frozenset()
    services: frozenset[Service] = frozenset()
    public: bool = False


def access(*roles: Role, services: tuple[Service, ...] = ()) -> Callable[[View], View]:
    """Allow a view to these roles and services only."""
    return _mark(Access(frozenset(roles), frozenset(services)))


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


def init_app(app: Flask, *, service: Service, service_key: str) -> None:
    """Check the rule of each view before it runs, and the form token of each unsafe request."""
    csrf.init_app(app)

    @app.before_request
    def _check() -> None:
        g.person, g.caller = person_of_session(), None
        view = app.view_functions.get(request.endpoint or "")
        if view is None or (request.endpoint or "").endswith("static"):
            return
        _identify(service, service_key)
        rule = access_of(view)
        if rule is None:
            raise RuntimeError(f"{request.endpoint} does not say who may call it")
        _authorise(rule)


def _identify(service: Service, service_key: str) -> None:
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        # A bearer token is never sent by a browser on its own: no form token is needed.
        g.person = None
        g.caller = read_token(service_key, header.removeprefix("Bearer "), audience=service)
        return
    if request.method not in {"GET", "HEAD", "OPTIONS"}:
        try:
            csrf.protect()
        except CSRFError as exc:
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
        raise NotSignedIn("Bạn cần đăng nhập để tiếp tục.")
    if g.person.role not in rule.roles:
        raise Forbidden("Tài khoản của bạn không có quyền dùng chức năng này.")


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
