"""The samples of the shipped templates: `python -m tests.builders.samples` writes them again."""

import json
import sys
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from kernel.contracts.dossier import (
    Achievement,
    Dossier,
    DossierContent,
    DossierLegalBasis,
    DossierRecipient,
    IssuingBody,
    Movement,
    Nomination,
    SectorReport,
)
from services.assembler.domain.certificates import IssuedDecision, certificates
from services.assembler.domain.composing import compose
from services.assembler.rendering.templates import Template, TemplateLibrary
from tests.builders.dossiers import a_dossier, an_indicator, linh_thong
from tests.builders.sessions import a_session
from vnadmin.legal_basis import in_force, library

TEMPLATES = Path(__file__).parents[2] / "templates"
ISSUED_ON = date(2024, 1, 15)

# What users really paste: markup, template tags, ampersands, quotation marks of every kind.
AWKWARD = "Quỹ “Vì người nghèo” & <b>an sinh</b> {{ year }} {% if %} đạt > 100%"
_PEOPLE = (
    "Nguyễn Hoàng Phương Thảo Nguyên",
    "Trần Lê Hoàng Bảo Khánh Linh",
    "Đặng Vũ Thị Minh Nguyệt Ánh",
    "Hoàng Phủ Ngọc Tường Vân",
    "Đỗ Phạm Quỳnh Trang Đài",
)
_LONG_AWARDS = (
    "commune_commendation",
    "advanced_worker",
    "provincial_certificate_of_merit",
)
_LONG_ACHIEVEMENT = (
    "Có thành tích đặc biệt xuất sắc trong phong trào “Toàn dân đoàn kết xây dựng nông thôn mới, "
    "đô thị văn minh”, vận động Nhân dân hiến đất mở rộng đường liên xóm và đóng góp ngày công lao "
    "động trong ba năm liên tục, góp phần đưa xã đạt chuẩn nông thôn mới"
)
_LONG_COLLECTIVE = Nomination(
    kind="collective",
    name="Chi hội Nông dân, Chi hội Phụ nữ, Chi hội Cựu chiến binh, Chi đoàn Thanh niên và Ban "
    "Công tác Mặt trận xóm Thượng Nguyên 10",
    award="commune_commendation",
    unit="Ủy ban Mặt trận Tổ quốc Việt Nam xã Nguyễn Thị Minh Khai Thượng",
    achievement=_LONG_ACHIEVEMENT,
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample of one template: what it is made of and where it is kept."""

    template: Template
    name: str
    dossier: Dossier

    @property
    def path(self) -> Path:
        return TEMPLATES / self.template.kind / "samples" / f"{self.name}.json"

    def context(self) -> dict[str, Any]:
        if self.template.manifest.is_per_awardee:
            return _certificate_context(self.dossier, self.name)
        session = a_session(self.dossier.content) if self.name == "longest" else None
        composition = compose(
            self.dossier, on=ISSUED_ON, kind=self.template.manifest, session=session
        )
        return composition.context


def every_sample() -> list[Sample]:
    """Return both samples of every template."""
    return [
        Sample(template, name, dossier)
        for template in TemplateLibrary(TEMPLATES).kinds()
        for name, dossier in (("typical", typical()), ("longest", longest()))
    ]


def _certificate_context(dossier: Dossier, name: str) -> dict[str, Any]:
    """Return the certificate of the first person, or of a collective whose every text is long."""
    if name == "longest":
        dossier = replace(
            dossier,
            content=replace(
                dossier.content,
                sectors=(replace(dossier.content.sectors[0], nominations=(_LONG_COLLECTIVE,)),),
            ),
        )
    items = certificates(
        dossier,
        award_code="commune_commendation",
        on=ISSUED_ON,
        decision=IssuedDecision(number="07/QĐ-UBND", issued_on=ISSUED_ON),
        first_entry=1,
    )
    persons = [item for item in items if item.key.startswith("individual")]
    return (persons or items)[0].context


def as_json(context: dict[str, Any]) -> str:
    """Return the sample as it is kept."""
    return json.dumps(context, ensure_ascii=False, indent=1) + "\n"


def typical() -> Dossier:
    """Return the sample commune, citing the laws in force beside its district's own rule."""
    content = linh_thong()
    laws = tuple(
        DossierLegalBasis(text=it.text, valid_from=it.valid_from, valid_to=it.valid_to)
        for it in in_force(library("commendation"), ISSUED_ON)
    )
    own = tuple(it for it in content.office.legal_basis if it.text.startswith("Quyết định"))
    return a_dossier(content, office=replace(content.office, legal_basis=(*laws, *own)))


def longest() -> Dossier:
    """Return a dossier whose every list is long and whose every text is as long as it gets."""
    content = typical().content
    return a_dossier(
        content,
        office=_long_office(content),
        sectors=tuple(_long_sector(n, it) for n, it in enumerate(content.sectors)),
        missing_units=("Trạm Khuyến nông",),
    )


def _long_office(content: DossierContent) -> Any:
    name = "xã Nguyễn Thị Minh Khai Thượng"
    office = content.office
    committee = ("ỦY BAN NHÂN DÂN", name.upper())
    return replace(
        office,
        name=f"Ủy ban nhân dân {name}",
        short_name=f"UBND {name}",
        place="Xã Nguyễn Thị Minh Khai Thượng",
        superior_name="Ủy ban nhân dân thành phố Phan Rang - Tháp Chàm",
        villages=127,
        issuing_bodies=(
            IssuingBody(
                code="hdtdkt",
                name=f"Hội đồng Thi đua - Khen thưởng {name}",
                header=(*committee, "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG"),
                symbol="TĐKT",
            ),
            IssuingBody(
                code="ubnd", name=f"Ủy ban nhân dân {name}", header=committee, symbol="UBND"
            ),
        ),
        signer=replace(
            office.signer,
            name="Hoàng Phủ Nguyễn Thị Phương Thảo",
            other_title=f"CHỦ TỊCH ỦY BAN NHÂN DÂN {name.upper()}",
        ),
        recipients=(
            DossierRecipient(
                label="Hội đồng Thi đua - Khen thưởng thành phố Phan Rang - Tháp Chàm",
                is_addressee=True,
            ),
            DossierRecipient(
                label="Ban Thường vụ Thành ủy, Thường trực Hội đồng nhân dân thành phố Phan Rang - "
                "Tháp Chàm",
                is_addressee=True,
            ),
            *(it for it in office.recipients if not it.is_addressee),
            DossierRecipient(label="Các trường học, trạm y tế, doanh nghiệp trên địa bàn xã"),
        ),
    )


def _long_sector(number: int, sector: SectorReport) -> SectorReport:
    name = f"{sector.unit_name} và các tổ chức thành viên trực thuộc trên địa bàn toàn xã"
    result = f"đã triển khai tới {number + 11} xóm với sự tham gia của đông đảo hội viên; {AWKWARD}"
    return replace(
        sector,
        unit_name=name,
        movements=tuple(Movement(name=it.name, result=result) for it in sector.movements),
        indicators=(*sector.indicators, *_long_indicators(number)),
        achievements=(
            *sector.achievements,
            Achievement(field="kinh-te", text=f"{name}: {AWKWARD}.\nDòng thứ hai của đoạn văn"),
        ),
        nominations=(*sector.nominations, *_long_nominations(number)),
        limitations=(*sector.limitations, f"{name} chưa chủ động trong công tác tuyên truyền"),
        directions=(*sector.directions, f"{name} tiếp tục đổi mới nội dung, hình thức phong trào"),
    )


def _long_indicators(number: int) -> tuple[Any, ...]:
    return (
        an_indicator(
            code=f"Z{number}",
            name="Tổng giá trị huy động từ mọi nguồn lực xã hội hóa cho các công trình phúc lợi",
            field="nong-thon-moi",
            unit="triệu đồng",
            base=None,
            plan=Decimal("9876543210.5"),
            actual=Decimal("12345678901.25"),
            at_least=True,
        ),
    )


def _long_nominations(number: int) -> tuple[Nomination, ...]:
    """Return invented people for each award that has a list of its own somewhere."""
    people = tuple(
        _long_person(person, award, number) for award in _LONG_AWARDS for person in _PEOPLE
    )
    household = Nomination(
        kind="household",
        name=f"Hộ gia đình ông {_PEOPLE[number % len(_PEOPLE)]}",
        award="commune_commendation",
        unit=f"xóm Hạ Nguyên {number + 1}",
        achievement=AWKWARD,
    )
    school = Nomination(
        kind="collective",
        name=f"Trường Trung học cơ sở Nguyễn Thị Minh Khai Thượng {number + 1}",
        award="provincial_certificate_of_merit",
        achievement=_LONG_ACHIEVEMENT,
    )
    return (*people, household, school)


def _long_person(name: str, award: str, number: int) -> Nomination:
    return Nomination(
        kind="individual",
        name=name,
        award=award,
        title="Chi hội trưởng kiêm Trưởng ban công tác Mặt trận khu dân cư",
        unit=f"xóm Thượng Nguyên {number + 1}",
        achievement=_LONG_ACHIEVEMENT,
    )


def main() -> None:
    """Write every sample."""
    for sample in every_sample():
        sample.path.parent.mkdir(parents=True, exist_ok=True)
        sample.path.write_text(as_json(sample.context()), encoding="utf-8")
        sys.stdout.write(f"{sample.path}\n")


if __name__ == "__main__":
    main()
