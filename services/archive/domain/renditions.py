"""Which of two outcomes of a conversion is kept."""

from kernel.contracts.renditions import RenditionOutcome
from services.archive.domain.documents import Rendition, RenditionState

_RANK = {
    RenditionState.PENDING: 0,
    RenditionState.FAILED: 1,
    RenditionState.QUICK_VIEW: 2,
    RenditionState.OF_RECORD: 3,
}


def state_of(outcome: RenditionOutcome) -> RenditionState:
    """Return what an outcome amounts to."""
    if outcome.failure:
        return RenditionState.FAILED
    return RenditionState.QUICK_VIEW if outcome.is_quick_view else RenditionState.OF_RECORD


def replaces(outcome: RenditionOutcome, kept: Rendition) -> bool:
    """Tell whether the new outcome takes the place of the kept one.

    A PDF of record replaces a quick view and a failure, never the reverse, and one with the right
    fonts replaces one without; of two failures the later reason stands.
    """
    new = state_of(outcome)
    if new is RenditionState.FAILED and kept.state is RenditionState.FAILED:
        return True
    return (_RANK[new], not outcome.notice) > (_RANK[kept.state], not kept.notice)
