"""What stands in the fields of a page."""

from typing import Any

from bs4 import BeautifulSoup


def value_of(page: Any, name: str) -> str | None:
    """Return what stands in a field; None where there is none, or nothing is chosen."""
    field = BeautifulSoup(page.text, "html.parser").find(attrs={"name": name})
    if field is None:
        return None
    if field.name == "textarea":
        return field.text.removeprefix("\n")
    if field.name == "select":
        chosen = field.find("option", selected=True)
        return chosen["value"] if chosen else None
    return field.get("value")
