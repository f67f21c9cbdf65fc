"""Looking at processes that a test must not leave behind."""

import time
from pathlib import Path

_PATIENCE_SECONDS = 10


def is_running(pid: int | str) -> bool:
    """Tell whether the process lives; one that only waits to be reaped does not."""
    status = Path(f"/proc/{pid}/stat")
    try:
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until_ended(*pids: int | str) -> bool:
    """Tell whether all of them end soon."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while any(map(is_running, pids)):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
