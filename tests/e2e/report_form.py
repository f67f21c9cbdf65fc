"""The sector's report, filled in part by part and field by field as its officer would."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator

from tests.support.browser import Visitor

NEXT = "Lưu và sang phần tiếp theo"


class ReportForm:
    """The parts of a report before a visitor, and what is to be typed into them."""

    def __init__(self, visitor: Visitor, report: dict[str, Any], *, result: str) -> None:
        self._visitor, self._page = visitor, visitor.page
        self._report = report
        self._result = result

    def open(self, part: str) -> None:
        """Open a part from the list of parts."""
        if "/parts/" in self._visitor.path:
            self._visitor.follow("Các phần của báo cáo")
        self._visitor.follow(part)

    def fill_in(self, add_row: Callable[[str], None]) -> None:
        """Type everything, part after part; `add_row` presses the button that brings a row."""
        self.open("Phong trào thi đua")
        for index, _ in enumerate(self._report["movements"]):
            self.field(f"movements-{index}-result").fill(self._result)
        self._visitor.press(NEXT)
        for index, figures in enumerate(self._report["indicators"]):
            self._fill_figures(index, figures)
        self._visitor.press(NEXT)
        self.open("Đề nghị khen thưởng")
        for index, nomination in enumerate(self._report["nominations"]):
            if index >= self.count():
                add_row("Thêm đề nghị")
            self._fill_nomination(index, nomination)
        self._visitor.press("Lưu")

    def typed(self) -> dict[str, str]:
        """Return what stands in every field of the part."""
        fields = self._page.locator("form[data-part-form]").locator("input, select, textarea")
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

    def count(self) -> int:
        """Return how many rows the part has."""
        return self._page.locator("[data-rows] > [data-row]").count()

    def _fill_figures(self, index: int, figures: dict[str, Any]) -> None:
        for name in ("plan", "actual"):
            if figures[name] is not None:
                self.field(f"indicators-{index}-{name}").fill(str(figures[name]))
        if figures["reported_percent"] is not None:
            row = self._page.locator("[data-indicator]").nth(index)
            row.locator("summary").click()
            quoted = str(figures["reported_percent"])
            self.field(f"indicators-{index}-reported_percent").fill(quoted)

    def _fill_nomination(self, index: int, nomination: dict[str, str]) -> None:
        row = f"nominations-{index}"
        for name in ("kind", "award"):
            self.field(f"{row}-{name}").select_option(nomination[name])
        for name in ("name", "title", "unit", "achievement"):
            self.field(f"{row}-{name}").fill(nomination[name])
