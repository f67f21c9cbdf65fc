"""A heartbeat that travels through the queue: a worker that is alive but deaf shows."""

from services.intake.persistence.pulses import HEARTBEAT, Pulses
from services.intake.use_cases.deps import Deps


def beat(*, deps: Deps) -> None:
    """Record that a message went from beat through the broker to a worker."""
    with deps.database.begin() as session:
        Pulses(session).beat(HEARTBEAT, deps.now())


def is_worker_alive(*, deps: Deps) -> bool:
    """Tell whether a heartbeat came lately."""
    with deps.database.read() as session:
        last = Pulses(session).last(HEARTBEAT)
    return last is not None and deps.now() - last <= deps.heartbeat_limit
