"""The peers from npm, in exact versions, in a folder of the bench's own."""

import shutil
import subprocess
from pathlib import Path

from bench.engines import PEERS, Engine, node_engines

_INSTALL = ("install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund")
_SECONDS = 180


class PeersMissing(Exception):
    """The peers cannot be measured here; the sentence says why."""


def installed_peers(folder: Path) -> dict[str, Engine]:
    """Return the peers, installed in this folder unless they are there already."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise PeersMissing("node and npm are not both installed")
    wanted = (PEERS / "package.json").read_text("utf-8")
    done = folder / "installed.json"
    if not done.exists() or done.read_text("utf-8") != wanted:
        _install(npm, folder, wanted)
        done.write_text(wanted, "utf-8")
    return node_engines(Path(node), folder)


def _install(npm: str, folder: Path, wanted: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text(wanted, "utf-8")
    try:
        subprocess.run(  # noqa: S603 - our own command, no shell
            [npm, *_INSTALL], cwd=folder, check=True, capture_output=True, timeout=_SECONDS
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as exc:
        said = (exc.stderr or b"").decode("utf-8", "replace").strip().splitlines()
        raise PeersMissing(f"npm did not install them: {said[0] if said else exc}") from exc
