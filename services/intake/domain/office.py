"""The office (đơn vị) that reports, as staff describe it once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kernel.contracts.dossier import DossierLegalBasis, IssuingBody, Signer

LEVELS = ("commune", "district", "province")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRecipient:
    """Nơi nhận or Kính gửi, naming an office of this system by its code where it is one."""

    label: str
    office_code: str = ""
    is_addressee: bool = False
    is_file_copy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Superior:
    """Cơ quan cấp trên between two days; both ends belong to the interval, None is open."""

    code: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUnit:
    """A sector (ngành, đoàn thể) that will report."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What the documents of an office say of itself; a superior office needs none of it."""

    issuing_bodies: tuple[IssuingBody, ...] = ()
    signer: Signer | None = None
    recipients: tuple[ProfileRecipient, ...] = ()
    legal_basis: tuple[DossierLegalBasis, ...] = ()
    villages: int = 0
    village_word: str = "xóm"
    households: int = 0
    unit_words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeProfile:
    """All that founding an office needs to know."""

    code: str
    name: str
    short_name: str
    place: str
    level: str = "commune"
    letterhead: Letterhead = field(default_factory=Letterhead)
    superiors: tuple[Superior, ...] = ()
    units: tuple[NewUnit, ...] = ()
