"""The sample commune: its facts, its invented awardees, its accounts, its sectors' reports."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from embedded.settings import PROJECT

SAMPLES = PROJECT / "samples"
CLERK, LEADER, DISTRICT, ADMIN = "vanthu", "chutich", "thidua", "quantri"


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """An account of the sample; `unit` is a sector's code for a sector officer."""

    login: str
    name: str
    role: str
    office: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """The commune's file as published, and nominees whose names are invented."""

    commune: dict[str, Any]
    nominations: list[dict[str, Any]]

    @classmethod
    def load(cls, folder: Path = SAMPLES) -> "Sample":
        """Read the sample from its folder."""
        commune = json.loads((folder / "linh-thong-2023.json").read_text("utf-8"))
        invented = json.loads((folder / "linh-thong-2023-nominations.json").read_text("utf-8"))
        return cls(commune, invented["nominations"])

    @property
    def office(self) -> str:
        """Return the commune's code."""
        return str(self.commune["office"]["code"])

    @property
    def superior(self) -> str:
        """Return the code of the office above."""
        return str(self.commune["office"]["superior"]["code"])

    def accounts(self) -> Iterator[SampleAccount]:
        """Yield one account for each person of the story."""
        office, superior = self.office, self.superior
        yield SampleAccount(f"{CLERK}@{office}", "Văn thư xã", "clerk", office)
        yield SampleAccount(f"{LEADER}@{office}", "Chủ tịch xã", "leader", office)
        yield SampleAccount(f"{ADMIN}@{office}", "Quản trị", "admin", office)
        yield SampleAccount(f"{DISTRICT}@{superior}", "Chuyên viên thi đua", "superior", superior)
        for sector in self.commune["sectors"]:
            yield SampleAccount(
                f"{sector['code']}@{office}",
                f"Cán bộ {sector['name']}",
                "sector_officer",
                office,
                sector["code"],
            )

    def submission(self, sector: str) -> dict[str, Any]:
        """Return what this sector reports, in the wire form of a submission."""
        return {
            "movements": [{"name": name, "result": ""} for name in self._movements(sector)],
            "indicators": list(self._indicators(sector)),
            "achievements": list(self._achievements(sector)),
            "nominations": [
                {key: value for key, value in one.items() if key != "sector"}
                for one in self.nominations
                if one["sector"] == sector
            ],
            # The commune published these for the whole of itself: its office reports them.
            "limitations": self.commune["limitations"] if sector == "van-phong" else [],
            "directions": self.commune["directions"] if sector == "van-phong" else [],
        }

    def _movements(self, sector: str) -> list[str]:
        found = [one for one in self.commune["sectors"] if one["code"] == sector]
        return list(found[0]["movements"])

    def _indicators(self, sector: str) -> Iterator[dict[str, Any]]:
        for heading in self.commune["fields"]:
            for one in heading["indicators"]:
                if one["sector"] == sector:
                    known = one.get("plan") is not None or one.get("actual") is not None
                    yield {
                        "code": one["code"],
                        "plan": one.get("plan"),
                        "actual": one.get("actual"),
                        "reported_percent": None if known else one.get("percent_of_plan"),
                        "at_least": bool(one.get("at_least", False)),
                    }

    def _achievements(self, sector: str) -> Iterator[dict[str, str]]:
        for heading in self.commune["fields"]:
            if _reporter_of_facts(heading) == sector:
                for text in heading["facts"]:
                    yield {"field": heading["code"], "text": text}


def _reporter_of_facts(heading: dict[str, Any]) -> str:
    """Return the sector that reports a heading's facts: that of its first indicator."""
    return str(heading["indicators"][0]["sector"])
