"""A heartbeat that travels through the queue: a worker that is alive but deaf shows."""

from services.assembler.persistence.pulses import HEARTBEAT, SOUND_PDFS, Pulses
from services.assembler.use_cases.collaborators import Deps


def beat(*, deps: Deps) -> None:
    """Record that a message went from beat through the broker to a worker.

    A worker that makes PDFs as they should be says that too.
    """
    is_sound = deps.converter.condition().is_sound
    with deps.database.begin() as session:
        pulses = Pulses(session)
        pulses.beat(HEARTBEAT, deps.now())
        if is_sound:
            pulses.beat(SOUND_PDFS, deps.now())


def is_worker_alive(*, deps: Deps) -> bool:
    """Tell whether a heartbeat came lately."""
    return _came_lately(HEARTBEAT, deps)


def makes_sound_pdfs(*, deps: Deps) -> bool:
    """Tell whether a worker said lately that its PDFs are of record and have the right fonts."""
    return _came_lately(SOUND_PDFS, deps)


def _came_lately(pulse: str, deps: Deps) -> bool:
    with deps.database.read() as session:
        last = Pulses(session).last(pulse)
    return last is not None and deps.now() - last <= deps.heartbeat_limit
