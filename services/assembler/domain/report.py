"""The body of the summary report: who launched what, results by field, what comes next."""

from collections.abc import Sequence
from typing import Any

from kernel.contracts.dossier import DossierContent, DossierField, Movement, SectorReport
from services.assembler.domain import award_table, indicators, wording
from vnadmin import amounts
from vnadmin.editions import load
from vnadmin.text_folding import fold

_AWARDS = "khen thuong"


def view(content: DossierContent, words: dict[str, str]) -> dict[str, Any]:
    """Return the parts of the context that tell the year."""
    sectors, headings = content.sectors, content.headings
    fields = [_field(n, heading, sectors) for n, heading in enumerate(headings, 1)]
    _mark_award_field(fields)
    limitations = [line for sector in sectors for line in sector.limitations]
    return {
        "movements": _movements(content),
        "fields": fields,
        "indicators": indicators.table(headings, sectors),
        "awards": award_table.table(award_table.nominations(content), words),
        "limitations": {
            "number": str(len(fields) + 1),
            "lines": _distinct(_sentences(limitations)),
        },
        "directions": _directions(sectors),
    }


def _movements(content: DossierContent) -> dict[str, Any]:
    sectors = [sector for sector in content.sectors if sector.movements]
    count = sum(len(sector.movements) for sector in sectors)
    groups = [_launched(sector) for sector in sectors]
    above = content.movements_from_above
    wide = content.movements_commune_wide
    if above:
        lead = f"Hưởng ứng {_so_many(above)} do cấp trên phát động:"
        groups.append(_named(lead, above))
    if wide:
        lead = f"Triển khai {_so_many(wide)} trong toàn xã:"
        groups.append(_named(lead, wide))
    return {
        "groups": [{"label": f"{_letter(n)})", **group} for n, group in enumerate(groups, 1)],
        "sector_count": amounts.padded_count(len(sectors)),
        "count": amounts.padded_count(count),
        "summary": _summary(len(sectors), count, len(above), len(wide)),
    }


def _summary(sectors: int, launched: int, above: int, wide: int) -> str:
    clauses = []
    if launched:
        clauses.append(
            f"{amounts.padded_count(sectors)} ngành, đoàn thể, đơn vị đã phát động và tổ chức "
            f"thực hiện {amounts.padded_count(launched)} phong trào thi đua"
        )
    if above:
        clauses.append(f"hưởng ứng {amounts.padded_count(above)} phong trào do cấp trên phát động")
    if wide:
        clauses.append(f"triển khai {amounts.padded_count(wide)} phong trào trong toàn xã")
    return f"Trong năm, {'; '.join(clauses)}." if clauses else ""


def _launched(sector: SectorReport) -> dict[str, Any]:
    """Return the lead and the list of one sector; a single movement needs no list."""
    movements = sector.movements
    if len(movements) == 1:
        only = _told(movements[0])
        return {"lead": f"{sector.unit_name} phát động phong trào {only}.", "lines": []}
    lead = f"{sector.unit_name} phát động {_so_many(movements)}:"
    return {"lead": lead, "lines": wording.listed(_told(movement) for movement in movements)}


def _named(lead: str, names: Sequence[str]) -> dict[str, Any]:
    return {"lead": lead, "lines": wording.listed(wording.quoted(name) for name in names)}


def _told(movement: Movement) -> str:
    result = movement.result.strip().rstrip(" ;.")
    name = wording.quoted(movement.name)
    return f"{name}: {wording.lower_first(result)}" if result else name


def _so_many(movements: Sequence[object]) -> str:
    return f"{amounts.padded_count(len(movements))} phong trào"


def _letter(number: int) -> str:
    """Return the letter of a point; after the last one the alphabet begins again, doubled."""
    rounds, place = divmod(number - 1, len(load().list_letters))
    return amounts.list_letter(place + 1) * (rounds + 1)


def _field(number: int, heading: DossierField, sectors: Sequence[SectorReport]) -> dict[str, Any]:
    return {
        "number": str(number),
        "title": wording.upper_first(heading.title),
        "paragraphs": _paragraphs(heading.code, sectors),
        "indicators": indicators.sentences_of(heading.code, sectors),
        "shows_awards": False,
    }


def _paragraphs(field: str, sectors: Sequence[SectorReport]) -> list[dict[str, str]]:
    """Return the paragraphs of a field, each from one sector; a line break begins a new one."""
    found: list[dict[str, str]] = []
    for sector in sectors:
        told = [it.text for it in sector.achievements if it.field == field]
        flowing = " ".join("\n".join(_sentences([text])) for text in told)
        found += [{"text": text, "source": sector.unit_name} for text in flowing.splitlines()]
    return found


def _mark_award_field(fields: list[dict[str, Any]]) -> None:
    """Put the award table under the heading about commendation, else under the last one."""
    about = [field for field in fields if _AWARDS in fold(field["title"])]
    for field in (about or fields)[-1:]:
        field["shows_awards"] = True


def _directions(sectors: Sequence[SectorReport]) -> list[dict[str, str]]:
    texts = _sentences([text for sector in sectors for text in sector.directions])
    return [{"number": f"{n}.", "text": text} for n, text in enumerate(_distinct(texts), 1)]


def _sentences(texts: Sequence[str]) -> list[str]:
    """Return every line of the texts as a sentence of its own."""
    lines = [wording.sentence(line) for text in texts for line in text.splitlines()]
    return [line for line in lines if line]


def _distinct(texts: Sequence[str]) -> list[str]:
    """Return the texts without those that only repeat an earlier one."""
    first: dict[str, str] = {}
    for text in texts:
        first.setdefault(fold(wording.one_line(text)).rstrip(" .;"), text)
    return list(first.values())
