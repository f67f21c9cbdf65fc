"""How accounts, devices and scopes are called on the pages."""

import re

from kernel.auth.principal import ROLE_LABELS, Role
from services.intake.domain.accounts import AccountState

STATE_LABELS = {
    AccountState.INVITED: ("Chờ đặt mật khẩu", "warning"),
    AccountState.ACTIVE: ("Đang dùng", "success"),
    AccountState.INACTIVE: ("Ngừng hoạt động", "secondary"),
}

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "máy Mac"),
    ("Linux", "Linux"),
)


def role_options(roles: tuple[Role, ...]) -> list[tuple[str, str]]:
    """Return the choices of a list of roles."""
    return [(role.value, ROLE_LABELS[role]) for role in roles]


def device(user_agent: str) -> str:
    """Return a device as people call it: "Chrome trên Android"."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    if browser and system:
        return f"{browser} trên {system}"
    first = re.split(r"[/ ]", user_agent, maxsplit=1)[0]
    return browser or system or first or "Không rõ thiết bị"
