"""The sector's form, filled in field by field as its officer would."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator

from tests.support.browser import Visitor


class ReportForm:
    """The form before a visitor, and the report that is to be typed into it."""

    def __init__(self, visitor: Visitor, report: dict[str, Any], *, result: str) -> None:
        self._page = visitor.page
        self._report = report
        self._result = result

    def fill_in(self, add_row: Callable[[str], None]) -> None:
        """Type everything; `add_row` presses the button that brings another row."""
        for index, _ in enumerate(self._report["movements"]):
            self.field(f"movements-{index}-result").fill(self._result)
        for index, figures in enumerate(self._report["indicators"]):
            self._fill_figures(index, figures)
        for index, nomination in enumerate(self._report["nominations"]):
            if index >= self.count("nominations"):
                add_row("Thêm đề nghị")
            self._fill_nomination(index, nomination)

    def typed(self) -> dict[str, str]:
        """Return what stands in every field."""
        fields = self._page.locator("form[data-rows-form]").locator("input, select, textarea")
        found: dict[str, str] = fields.evaluate_all(
            "all => Object.fromEntries(all.filter(one => one.id).map(one => [one.id, one.value]))"
        )
        return found

    def field(self, name: str) -> Locator:
        """Return a field by its name."""
        return self._page.locator(f"#f-{name}")

    def error_of(self, name: str) -> Locator:
        """Return what is said to be wrong beside a field."""
        return self._page.locator(f"#e-{name}")

    def count(self, rows: str) -> int:
        """Return how many rows a list of the form has."""
        return self._page.locator(f'[data-rows="{rows}"] > div').count()

    def _fill_figures(self, index: int, figures: dict[str, Any]) -> None:
        for name in ("plan", "actual", "reported_percent"):
            if figures[name] is not None:
                self.field(f"indicators-{index}-{name}").fill(str(figures[name]))

    def _fill_nomination(self, index: int, nomination: dict[str, str]) -> None:
        row = f"nominations-{index}"
        for name in ("kind", "award"):
            self.field(f"{row}-{name}").select_option(nomination[name])
        for name in ("name", "title", "unit", "achievement"):
            self.field(f"{row}-{name}").fill(nomination[name])
