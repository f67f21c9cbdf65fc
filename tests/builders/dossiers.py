"""Dossiers for tests: the sample commune, and one whose every text is as long as it gets."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from kernel.contracts.dossier import (
    Achievement,
    Dossier,
    DossierContent,
    DossierField,
    DossierLegalBasis,
    DossierOffice,
    DossierPeriod,
    DossierRecipient,
    Indicator,
    IssuingBody,
    Movement,
    Nomination,
    SectorReport,
    Signer,
)

_SAMPLES = Path(__file__).parents[2] / "samples"
_NAMESPACE = UUID("5d0e7d1c-30f6-4d3e-8c34-7f6f2f0f7a10")
# The sample tells limitations and directions of the whole commune; its office reports them.
_SPOKESMAN = "van-phong"


def a_dossier(content: DossierContent | None = None, **changes: Any) -> Dossier:
    """Return the dossier of the sample commune, with other content where a test says so."""
    return Dossier(
        id=uuid5(_NAMESPACE, "dossier"),
        sha256="0" * 64,
        frozen_at=datetime(2024, 1, 5, 2, 30, tzinfo=UTC),
        content=replace(content or linh_thong(), **changes),
    )


def linh_thong() -> DossierContent:
    """Return the real figures of 2023; the awardees' names are invented."""
    data = _read("linh-thong-2023.json")
    nominations = _read("linh-thong-2023-nominations.json")["nominations"]
    return DossierContent(
        office=_office(data),
        period=DossierPeriod(
            id=uuid5(_NAMESPACE, "period"),
            code=data["period"]["code"],
            title=data["period"]["title"],
            year=data["period"]["year"],
        ),
        headings=tuple(DossierField(code=it["code"], title=it["title"]) for it in data["fields"]),
        sectors=tuple(_sector(it, data, nominations) for it in data["sectors"]),
        movements_from_above=tuple(data["movements_from_above"]),
        movements_commune_wide=tuple(data["movements_commune_wide"]),
    )


def an_indicator(**changes: Any) -> Indicator:
    """Return "65 of 740 households"."""
    usual: dict[str, Any] = {
        "code": "VX2",
        "name": "Hộ nghèo giảm trong năm",
        "field": "van-hoa-xa-hoi",
        "unit": "hộ",
        "actual": Decimal(65),
        "base": Decimal(740),
    }
    return Indicator(**(usual | changes))


def a_nomination(**changes: Any) -> Nomination:
    """Return one person for the commune's giấy khen."""
    usual = {
        "kind": "individual",
        "name": "Nguyễn Thị Mẫu",
        "award": "commune_commendation",
        "title": "Hội viên",
        "unit": "xóm số 1",
        "achievement": "Có thành tích xuất sắc trong phong trào thi đua năm 2023",
    }
    return Nomination(**(usual | changes))


def a_sector(**changes: Any) -> SectorReport:
    """Return a sector that reported nothing yet."""
    usual: dict[str, Any] = {
        "unit_code": "van-phong",
        "unit_name": "Văn phòng - Thống kê",
        "submission_id": uuid5(_NAMESPACE, "submission"),
        "round": 1,
    }
    return SectorReport(**(usual | changes))


def _read(name: str) -> Any:
    return json.loads((_SAMPLES / name).read_text(encoding="utf-8"), parse_float=Decimal)


def _office(data: dict[str, Any]) -> DossierOffice:
    office = data["office"]
    return DossierOffice(
        id=uuid5(_NAMESPACE, "office"),
        code=office["code"],
        name=office["name"],
        short_name=office["short_name"],
        place=office["place"],
        superior_name=office["superior"]["name"],
        villages=office["villages"],
        village_word=office["village_word"],
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
            DossierRecipient(
                label=it["label"],
                is_addressee=it.get("addressee", False),
                is_file_copy=it.get("file_copy", False),
            )
            for it in data["recipients"]
        ),
        legal_basis=tuple(
            DossierLegalBasis(
                text=it["text"],
                valid_from=_day(it.get("valid_from")),
                valid_to=_day(it.get("valid_to")),
            )
            for it in data["legal_basis"]
        ),
    )


def _sector(
    unit: dict[str, Any], data: dict[str, Any], nominations: Iterable[dict[str, Any]]
) -> SectorReport:
    code = unit["code"]
    speaks_for_all = code == _SPOKESMAN
    return SectorReport(
        unit_code=code,
        unit_name=unit["name"],
        submission_id=uuid5(_NAMESPACE, code),
        round=1,
        movements=tuple(Movement(name=name) for name in unit["movements"]),
        indicators=tuple(
            _indicator(it, field["code"])
            for field in data["fields"]
            for it in field["indicators"]
            if it["sector"] == code
        ),
        achievements=tuple(
            Achievement(field=field["code"], text=fact)
            for field in data["fields"]
            if field["indicators"][0]["sector"] == code
            for fact in field["facts"]
        ),
        nominations=tuple(
            Nomination(**{key: value for key, value in it.items() if key != "sector"})
            for it in nominations
            if it["sector"] == code
        ),
        limitations=tuple(data["limitations"]) if speaks_for_all else (),
        directions=tuple(data["directions"]) if speaks_for_all else (),
    )


def _indicator(it: dict[str, Any], field: str) -> Indicator:
    """Show as many decimals as the commune printed."""
    told = _exact(it.get("percent_of_plan", it.get("percent_of_base")))
    is_computable = it.get("actual") is not None
    return Indicator(
        code=it["code"],
        name=it["name"],
        field=field,
        unit=it.get("unit", ""),
        plan=_exact(it.get("plan")),
        actual=_exact(it.get("actual")),
        base=_exact(it.get("base")),
        reported_percent=None if is_computable else told,
        at_least=it.get("at_least", False),
        parts=tuple(it.get("parts", ())),
        decimals=2 if told is None else -int(told.as_tuple().exponent),
    )


def _exact(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
