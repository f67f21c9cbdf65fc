"""Found an office from one file that describes it: office, superior, units, period, form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from kernel.contracts.dossier import DossierField, DossierLegalBasis, IssuingBody, Signer
from kernel.contracts.identity import office_id_for
from kernel.errors import InvalidInput
from services.intake.domain.forms import (
    AskedIndicator,
    AwardChoice,
    ExpectedMovements,
    PeriodForm,
    prompts_for,
)
from services.intake.domain.office import (
    Letterhead,
    NewUnit,
    OfficeProfile,
    ProfileRecipient,
    Superior,
)
from services.intake.persistence.offices import Units
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.founding import NewPeriod, found_office, open_period
from vnadmin.awards.titles import all_awards
from vnadmin.text_folding import compose


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedOffice:
    """What the file brought into being, or what was there already."""

    office_id: UUID
    superior_office_id: UUID
    period_id: UUID
    unit_ids: Mapping[str, UUID]


def load_office_file(
    data: dict[str, Any], *, deps: Deps, due_on: date | None = None
) -> LoadedOffice:
    """Found the office of the file and open its period; a second time changes nothing.

    Without `due_on` the reports are due on the last day of the period's year.
    """
    superior, profile, period = _parsed(data, due_on)
    superior_id = found_office(superior, deps=deps)
    office_id = found_office(profile, deps=deps)
    period_id = open_period(period, deps=deps)
    with deps.database.read() as session:
        units = Units(session, office_id=office_id).all()
    return LoadedOffice(
        office_id=office_id,
        superior_office_id=superior_id,
        period_id=period_id,
        unit_ids={unit.code: unit.id for unit in units},
    )


def _parsed(
    data: dict[str, Any], due_on: date | None
) -> tuple[OfficeProfile, OfficeProfile, NewPeriod]:
    try:
        composed = _composed(data)
        superior, profile, period = _superior(composed), _profile(composed), composed["period"]
        return (
            superior,
            profile,
            NewPeriod(
                office_id=office_id_for(profile.code),
                code=period["code"],
                title=period["title"],
                year=period["year"],
                due_on=due_on or date(period["year"], 12, 31),
                form=_form(composed, profile),
            ),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as exc:
        raise InvalidInput(f"Tệp đơn vị thiếu hoặc sai ở mục: {exc}.") from exc


def _composed(value: Any) -> Any:
    if isinstance(value, str):
        return compose(value)
    if isinstance(value, list):
        return [_composed(item) for item in value]
    if isinstance(value, dict):
        return {key: _composed(item) for key, item in value.items()}
    return value


def _superior(data: dict[str, Any]) -> OfficeProfile:
    superior = data["office"]["superior"]
    level = "district" if " huyện " in f" {superior['name']} " else "province"
    name = superior["name"]
    return OfficeProfile(
        code=superior["code"],
        name=name,
        short_name=name.replace("Ủy ban nhân dân", "UBND"),
        place=superior.get("place", name.split("huyện ")[-1].split("tỉnh ")[-1]),
        level=level,
    )


def _profile(data: dict[str, Any]) -> OfficeProfile:
    office = data["office"]
    return OfficeProfile(
        code=office["code"],
        name=office["name"],
        short_name=office["short_name"],
        place=office["place"],
        letterhead=_letterhead(data),
        superiors=(
            Superior(
                code=office["superior"]["code"],
                valid_from=_day(office["superior"], "valid_from"),
                valid_to=_day(office["superior"], "valid_to"),
            ),
        ),
        units=tuple(NewUnit(code=it["code"], name=it["name"]) for it in data["sectors"]),
    )


def _letterhead(data: dict[str, Any]) -> Letterhead:
    office = data["office"]
    return Letterhead(
        issuing_bodies=tuple(
            IssuingBody(
                code=it["code"],
                name=it["name"],
                header=tuple(it["header"]),
                symbol=it["symbol"],
                letter_unit=it.get("letter_unit", ""),
            )
            for it in data["issuing_bodies"]
        ),
        signer=Signer(**data["signer"]),
        recipients=tuple(
            ProfileRecipient(
                label=it["label"],
                office_code=it.get("office", ""),
                is_addressee=it.get("addressee", False),
                is_file_copy=it.get("file_copy", False),
            )
            for it in data["recipients"]
        ),
        legal_basis=tuple(
            DossierLegalBasis(
                text=it["text"], valid_from=_day(it, "valid_from"), valid_to=_day(it, "valid_to")
            )
            for it in data["legal_basis"]
        ),
        villages=office["villages"],
        village_word=office["village_word"],
        households=office["households"],
        unit_words=office.get("unit_words", {}),
    )


def _form(data: dict[str, Any], profile: OfficeProfile) -> PeriodForm:
    headings = tuple(DossierField(code=it["code"], title=it["title"]) for it in data["fields"])
    return PeriodForm(
        headings=headings,
        prompts=prompts_for(headings),
        indicators=tuple(_indicators(data)),
        expected_movements=tuple(
            ExpectedMovements(unit_code=it["code"], movements=tuple(it["movements"]))
            for it in data["sectors"]
        ),
        awards=tuple(
            AwardChoice(
                code=it.code, title=it.title, kinds=tuple(kind.value for kind in it.objects)
            )
            for it in all_awards(profile.letterhead.unit_words)
        ),
        movements_from_above=tuple(data["movements_from_above"]),
        movements_commune_wide=tuple(data["movements_commune_wide"]),
    )


def _indicators(data: dict[str, Any]) -> Iterator[AskedIndicator]:
    for heading in data["fields"]:
        for it in heading["indicators"]:
            yield AskedIndicator(
                code=it["code"],
                name=it["name"],
                field=heading["code"],
                unit_codes=(it["sector"],),
                unit=it.get("unit", ""),
                base=None if it.get("base") is None else Decimal(str(it["base"])),
                parts=tuple(it.get("parts", ())),
                decimals=_decimals(it),
            )


def _decimals(indicator: dict[str, Any]) -> int:
    """Return with how many decimals the office itself publishes the percentage; 2 if unknown."""
    published = indicator.get("percent_of_plan", indicator.get("percent_of_base"))
    if published is None:
        return 2
    exponent = Decimal(str(published)).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 2


def _day(data: dict[str, Any], name: str) -> date | None:
    return date.fromisoformat(data[name]) if data.get(name) else None
