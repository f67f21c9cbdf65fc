import os
import signal
import sys
import time

import psutil
import pytest

from embedded.processes import Child, Supervisor, end_leftovers, wait_until

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
PARENT_OF_ONE = [sys.executable, "-c", "import os, time; os.fork(); time.sleep(600)"]


@pytest.fixture
def child_of(tmp_path):
    made = []

    def make(name="sleeper", command=SLEEP, **environment):
        child = Child(name, command, environment, tmp_path)
        made.append(child)
        return child

    yield make
    for child in made:
        child.stop()


def test_a_child_that_dies_is_started_again(child_of):
    child = child_of()
    supervisor = Supervisor([child])
    supervisor.start()
    first = child.process.pid

    os.kill(first, signal.SIGKILL)

    wait_until(
        lambda: child.is_running() and child.process.pid != first, seconds=10, what="restart"
    )
    supervisor.stop()
    assert not child.is_running()


def test_a_child_that_cannot_be_started_again_at_once_is_tried_once_more(child_of):
    child = child_of()
    supervisor = Supervisor([child])
    supervisor.start()
    first, command = child.process.pid, child.command
    child.command = ["/does/not/exist"]
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: supervisor._restarts, seconds=10, what="a first try")
    child.command = command

    wait_until(
        lambda: child.is_running() and child.process.pid != first, seconds=10, what="restart"
    )
    supervisor.stop()


def test_stopping_ends_the_whole_group(child_of):
    child = child_of(command=PARENT_OF_ONE)
    child.start()
    process = psutil.Process(child.process.pid)
    wait_until(lambda: process.children(), seconds=10, what="grandchild")
    grandchild = process.children()[0]

    child.stop()

    wait_until(lambda: not grandchild.is_running(), seconds=5, what="end of the grandchild")
    assert not child.pid_file.exists()


def test_what_a_killed_run_left_behind_is_ended(child_of, tmp_path):
    child = child_of(MARK=str(tmp_path))
    child.start()

    ended = end_leftovers([child.pid_file, tmp_path / "absent.pid"], marker=tmp_path)

    assert ended == [child.process.pid]
    assert child.process.wait(5) is not None


def test_somebody_elses_process_is_never_touched(child_of, tmp_path):
    stranger = child_of(name="stranger")
    stranger.start()
    elsewhere = tmp_path / "elsewhere"

    assert end_leftovers([stranger.pid_file], marker=elsewhere) == []
    assert stranger.is_running()


def test_waiting_gives_up_with_the_name_of_what_was_not_ready():
    started = time.monotonic()

    with pytest.raises(TimeoutError, match="the web process"):
        wait_until(lambda: False, seconds=0.3, what="the web process")
    assert time.monotonic() - started < 5
