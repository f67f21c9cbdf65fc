"""The child process that holds one warm soffice: `bridge.py SOFFICE PROFILE_URL PIPE FOLDER`.

It runs under whichever Python has LibreOffice's `uno` module, so it imports nothing of this system.
One JSON object a line: it says when it is ready, and then answers each request of its owner. The
end of its input means that the owner is gone: soffice and the folder go too.
"""

from __future__ import annotations

import sys

sys.path.pop(0)  # our own folder: nothing in it may stand in for a module of the standard library

import ctypes
import json
import os
import queue
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException

_OPTIONS = ("--headless", "--invisible", "--nologo", "--nodefault", "--norestore", "--nolockcheck")
_LOOK_AGAIN_SECONDS = 0.03
# soffice.bin ends so once, after it has made its profile.
_WANTS_RESTART = 81
_PR_SET_PDEATHSIG = 1
_LOADED_AS = {
    "Hidden": True,
    "FilterName": "MS Word 2007 XML",
    "MacroExecutionMode": 0,  # never
    "UpdateDocMode": 0,  # no links
}
_TYPE = "[]com.sun.star.beans.PropertyValue"


def main() -> None:
    """Start soffice, say so, answer requests for as long as there are any."""
    program, profile, pipe, folder = sys.argv[1:]
    requests: queue.Queue[dict[str, Any]] = queue.Queue()
    accept = f"--accept=pipe,name={pipe};urp;"
    office = _Soffice(program, f"-env:UserInstallation={profile}", *_OPTIONS, accept)
    listening = (requests, office, Path(folder))
    threading.Thread(target=_listen, args=listening, daemon=True).start()
    context = office.connect(pipe)
    desktop = _service(context, "com.sun.star.frame.Desktop")
    _say({"version": _version(context), "pid": office.pid, "sockets": office.sockets()})
    while True:
        _say(_answer(desktop, requests.get()))


class _Soffice:
    """The soffice process, which dies with this one."""

    def __init__(self, *command: str) -> None:
        self._command = command
        self._process = self._start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - what our owner says
            self._command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=_die_with_parent,
        )

    def connect(self, pipe: str) -> Any:
        """Return the component context of soffice, once it answers."""
        resolver = _service(uno.getComponentContext(), "com.sun.star.bridge.UnoUrlResolver")
        while True:
            try:
                return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            except NoConnectException:
                self._check()
                time.sleep(_LOOK_AGAIN_SECONDS)

    def _check(self) -> None:
        status = self._process.poll()
        if status == _WANTS_RESTART:
            self._process = self._start()
        elif status is not None:
            sys.exit(f"soffice ended with {status}")

    def sockets(self) -> list[str]:
        """Return the files of the sockets that soffice listens at; a killed one leaves them."""
        try:
            descriptors = list(Path(f"/proc/{self.pid}/fd").iterdir())
            inodes = {os.readlink(one)[len("socket:[") : -1] for one in descriptors}  # noqa: PTH115
            rows = [line.split() for line in Path("/proc/net/unix").read_text().splitlines()]
        except OSError:  # it just ended, or this system has no /proc
            return []
        return sorted({row[7] for row in rows if len(row) > 7 and row[6] in inodes})

    def kill(self) -> None:
        """End soffice and remove what it would leave behind."""
        sockets = self.sockets()
        self._process.kill()
        self._process.wait()
        for path in map(Path, sockets):
            if path.exists():
                path.unlink()


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _listen(requests: queue.Queue[dict[str, Any]], office: _Soffice, folder: Path) -> None:
    """Hand on requests; at the end of input leave nothing of this group and its folder."""
    for line in sys.stdin:
        requests.put(json.loads(line))
    office.kill()
    shutil.rmtree(folder, ignore_errors=True)
    os.killpg(0, signal.SIGKILL)


def _answer(desktop: Any, request: dict[str, Any]) -> dict[str, Any]:
    try:
        _convert(desktop, request)
    except DisposedException:
        sys.exit("soffice went away")
    except Exception as exc:
        # Whatever soffice has against this document: the owner hears it and decides.
        return {"error": f"{type(exc).__name__}: {exc}"}
    return {"done": True}


def _convert(desktop: Any, request: dict[str, Any]) -> None:
    document = desktop.loadComponentFromURL(request["source"], "_blank", 0, _values(_LOADED_AS))
    if document is None:
        raise ValueError("not a document")
    try:
        options = uno.Any(_TYPE, _values(request["options"]))
        export = {"FilterName": "writer_pdf_Export", "FilterData": options}
        document.storeToURL(request["target"], _values(export))
    finally:
        document.close(True)


def _values(values: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(_value(name, value) for name, value in values.items())


def _value(name: str, value: Any) -> Any:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def _version(context: Any) -> str:
    provider = _service(context, "com.sun.star.configuration.ConfigurationProvider")
    access = provider.createInstanceWithArguments(
        "com.sun.star.configuration.ConfigurationAccess",
        _values({"nodepath": "/org.openoffice.Setup/Product"}),
    )
    return str(access.getByName("ooSetupVersionAboutBox"))


def _service(context: Any, name: str) -> Any:
    return context.ServiceManager.createInstanceWithContext(name, context)


def _say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
