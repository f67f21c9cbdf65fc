import os
import signal
import socket
import sys

import pytest
from environs import Env

from embedded.processes import Child, wait_until
from embedded.settings import StackSettings
from embedded.stack import AlreadyRunning, Stack, running

LISTENER = (
    "import socket, sys, time; socket.create_server(('127.0.0.1', int(sys.argv[1]))).accept()"
)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """A stack that is chosen, locked and stopped as ever, but starts nothing."""
    monkeypatch.setattr(Stack, "start", lambda _: None)
    return StackSettings.from_env(Env(), data_dir=tmp_path / "Dữ liệu 1", port=_free_port())


def test_the_port_that_a_killed_run_still_holds_is_taken_back(settings):
    command = [sys.executable, "-c", LISTENER, str(settings.port)]
    left = Child("web", command, {"MARK": str(settings.data_dir)}, settings.data_dir / "logs")
    left.start()
    wait_until(lambda: _is_taken(settings.port), seconds=10, what="listener")

    with running(settings) as stack:
        assert stack.port == settings.port

    left.stop()


def test_a_second_stack_over_the_same_data_is_refused(settings):
    with running(settings), pytest.raises(AlreadyRunning, match="already running"):
        running(settings).__enter__()


def test_nothing_cuts_the_stopping_short(settings, monkeypatch):
    stopped = []

    def stop(_):
        for number in (signal.SIGINT, signal.SIGTERM):
            os.kill(os.getpid(), number)
        stopped.append(True)

    monkeypatch.setattr(Stack, "stop", stop)
    before = signal.getsignal(signal.SIGTERM)

    with pytest.raises(KeyboardInterrupt), running(settings):
        signal.raise_signal(signal.SIGTERM)

    assert stopped == [True]
    assert signal.getsignal(signal.SIGTERM) is before


def _is_taken(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False
