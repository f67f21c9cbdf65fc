"""Which decisions a dossier asks for: one for each award that the office itself may grant."""

from collections.abc import Sequence
from datetime import date

from kernel.contracts.dossier import DossierContent
from services.assembler.domain import award_table, framing
from vnadmin.awards.authority import NoAuthority, authority_for
from vnadmin.awards.titles import Award, all_awards

_COMMUNE = "commune"


def decidable_awards(content: DossierContent, on: date) -> Sequence[Award]:
    """Return the awards with nominees that the commune decides on this day, highest first."""
    words = framing.unit_words(content.office)
    asked = {it.award for it in award_table.nominations(content)}
    return [award for award in all_awards(words) if award.code in asked and _is_ours(award, on)]


def _is_ours(award: Award, on: date) -> bool:
    try:
        return authority_for(award.code, on).level == _COMMUNE
    except NoAuthority:
        return False
