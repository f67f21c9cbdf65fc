"""One warm LibreOffice for a process: used again, replaced, never in the way, never left behind."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from services.assembler.rendering.pdf.condition import Way
from services.assembler.rendering.pdf.converter import (
    ConversionFailed,
    Recycling,
    choose_converter,
)
from services.assembler.rendering.pdf.libreoffice import LibreOffice
from services.assembler.rendering.pdf.office import Budget, ExportOptions
from services.assembler.rendering.pdf.slot import Programs, Slot
from services.assembler.rendering.pdf.warm_office import WarmOffice
from tests.support import programs
from tests.support.processes import is_running, wait_until_ended
from tests.support.word_packages import paragraph, word_file

pytestmark = pytest.mark.libreoffice

DOCUMENT = word_file(paragraph("Quyết định"))


@pytest.fixture
def warm(tmp_path):
    """Return makers of warm converters that end with the test."""
    made: list[LibreOffice] = []

    def build(timeout_seconds=60, folder="work", **recycling) -> LibreOffice:
        program = str(programs.path_of("libreoffice"))
        converter = choose_converter(
            program, tmp_path / folder, timeout_seconds, recycling=Recycling(**recycling)
        )
        assert isinstance(converter, LibreOffice)
        assert isinstance(converter.office(), WarmOffice)
        made.append(converter)
        return converter

    yield build
    for converter in made:
        converter.close()


def slot_of(converter: LibreOffice) -> Slot:
    slot = converter.office().slot
    slot.wait_until_ready(60)
    return slot


def family(slot: Slot) -> list[int]:
    """Return soffice and everything between it and us."""
    soffice = psutil.Process(slot.soffice_pid)
    between = [one for one in soffice.parents() if one.pid not in mine()]
    return [soffice.pid, *(one.pid for one in between)]


def mine() -> set[int]:
    me = psutil.Process()
    return {me.pid, *(one.pid for one in me.parents())}


def sockets_of(slot: Slot) -> list[Path]:
    return [Path(name) for name in slot._ready["sockets"]]


def test_the_same_instance_is_used_again(warm):
    converter = warm()

    pids = set()
    for _ in range(3):
        converter.convert(DOCUMENT)
        pids.add(slot_of(converter).soffice_pid)

    assert len(pids) == 1
    assert slot_of(converter).exports == 3


def test_nothing_of_a_document_stays_in_the_folder(warm, tmp_path):
    converter = warm()

    converter.convert(DOCUMENT)

    left = [path.name for path in (tmp_path / "work").rglob("document*")]
    assert left == []


def test_after_so_many_documents_the_instance_is_replaced_by_one_that_is_ready(warm):
    converter = warm(after_exports=2)
    converter.convert(DOCUMENT)
    first = family(slot_of(converter))
    converter.convert(DOCUMENT)

    second = slot_of(converter)

    assert second.soffice_pid not in first
    assert second.exports == 0
    assert wait_until_ended(*first)
    assert converter.convert(DOCUMENT).pages == 1


def test_a_pdf_that_is_made_is_not_lost_where_no_fresh_instance_can_be_started(warm, tmp_path):
    office = warm(after_exports=1).office()

    class FolderGoes(Budget):
        @contextmanager
        def running(self):
            with super().running():
                yield
            (tmp_path / "work").rename(tmp_path / "gone")
            (tmp_path / "work").touch()

    made = office.export(DOCUMENT, ExportOptions(archival=False), FolderGoes(60))

    assert made.data.startswith(b"%PDF")
    assert office.slot is None


def test_an_instance_that_cannot_be_started_leaves_nothing(tmp_path):
    open_before = psutil.Process().num_fds()

    with pytest.raises(ValueError, match="null"):
        Slot(Programs(soffice=Path("so\0ffice"), python=Path(sys.executable)), tmp_path)

    assert list(tmp_path.iterdir()) == []
    assert psutil.Process().num_fds() == open_before


def test_an_instance_that_holds_too_much_memory_is_replaced(warm):
    converter = warm(memory_mib=1)

    converter.convert(DOCUMENT)
    first = slot_of(converter).soffice_pid
    converter.convert(DOCUMENT)

    assert slot_of(converter).soffice_pid != first
    assert not is_running(first)


def test_a_hanging_instance_is_killed_with_all_that_it_started(warm, tmp_path):
    converter = warm(timeout_seconds=1)
    converter.convert(DOCUMENT)
    slot = slot_of(converter)
    pids, sockets = family(slot), sockets_of(slot)
    os.kill(slot.soffice_pid, signal.SIGSTOP)

    with pytest.raises(ConversionFailed, match="quá 1 giây"):
        converter.convert(DOCUMENT)

    assert wait_until_ended(*pids)
    assert [path for path in sockets if path.exists()] == []
    assert list((tmp_path / "work").iterdir()) == []


def test_a_document_that_takes_too_long_costs_only_itself(warm):
    converter = warm()
    converter.convert(DOCUMENT)
    impatient = LibreOffice(converter.office, 0.2, converter.fonts)
    slow = word_file(paragraph("a" * 400_000))

    with pytest.raises(ConversionFailed, match=r"quá 0\.2 giây"):
        impatient.convert(slow)

    assert converter.convert(DOCUMENT).pages == 1


def test_after_a_hang_the_next_document_is_converted(warm):
    converter = warm()
    converter.convert(DOCUMENT)
    os.kill(slot_of(converter).soffice_pid, signal.SIGSTOP)
    with pytest.raises(ConversionFailed):
        LibreOffice(converter.office, 0.5, converter.fonts).convert(DOCUMENT)

    assert converter.convert(DOCUMENT).pages == 1


def test_a_crash_in_the_middle_costs_one_retry(warm):
    converter = warm()
    converter.convert(DOCUMENT)
    first = slot_of(converter).soffice_pid
    os.kill(first, signal.SIGSTOP)
    threading.Timer(0.5, os.kill, (first, signal.SIGKILL)).start()

    pdf = converter.convert(DOCUMENT)

    assert pdf.pages == 1
    assert slot_of(converter).soffice_pid != first


def test_an_instance_that_died_between_two_documents_is_not_noticed(warm):
    converter = warm()
    converter.convert(DOCUMENT)
    pids = family(slot_of(converter))
    for pid in pids:
        os.kill(pid, signal.SIGKILL)

    assert converter.convert(DOCUMENT).pages == 1
    assert wait_until_ended(*pids)


def test_starting_and_waiting_do_not_eat_the_budget(warm):
    converter = warm(timeout_seconds=2)
    documents = [word_file(paragraph(f"Văn bản {n}")) for n in range(8)]

    with ThreadPoolExecutor(8) as pool:
        pages = [pdf.pages for pdf in pool.map(converter.convert, documents)]

    assert pages == [1] * 8


def test_two_slots_do_not_meet(warm):
    both = [warm(folder="one"), warm(folder="two")]

    with ThreadPoolExecutor(2) as pool:
        pages = [pdf.pages for pdf in pool.map(lambda one: one.convert(DOCUMENT), both)]

    assert pages == [1, 1]
    assert len({slot_of(one).soffice_pid for one in both}) == 2


@pytest.mark.parametrize("data", [b"", b"garbage", b"<html>", b"%PDF-1.7"])
def test_garbage_is_refused_and_starts_nothing(warm, data):
    converter = warm()

    with pytest.raises(ConversionFailed, match="không phải văn bản Word"):
        converter.convert(data)

    assert converter.office().slot is None


def test_a_killed_owner_takes_everything_along(tmp_path):
    owner = start_owner(tmp_path)
    pids = [int(word) for word in owner.stdout.readline().split()]
    assert all(map(is_running, pids))

    owner.kill()
    owner.wait()

    assert wait_until_ended(*pids)
    assert list((tmp_path / "work").iterdir()) == []
    owner.stdout.close()


def test_a_killed_bridge_takes_soffice_along(warm):
    converter = warm()
    converter.convert(DOCUMENT)
    soffice, bridge = family(slot_of(converter))[:2]

    os.kill(bridge, signal.SIGKILL)

    assert wait_until_ended(soffice)


def test_the_folder_of_an_owner_that_lost_its_power_is_removed_later(warm, tmp_path):
    abandoned = tmp_path / "work" / "soffice-of-another-day"
    (abandoned / "profile").mkdir(parents=True)
    other = warm()
    other.convert(DOCUMENT)
    in_use = set((tmp_path / "work").iterdir())

    warm().convert(DOCUMENT)

    assert not abandoned.exists()
    assert in_use < set((tmp_path / "work").iterdir())


def test_without_a_python_that_has_uno_a_cold_libreoffice_is_used(tmp_path):
    program = str(programs.path_of("libreoffice"))

    for python in ("none", str(tmp_path / "no-such-python"), "/bin/true"):
        converter = choose_converter(program, tmp_path, 60, python=python)
        expected = "warm" if python == "/bin/true" else "cold"
        assert converter.office().way == expected


@pytest.fixture
def not_startable(tmp_path):
    """Return LibreOffices that are real when cold, and like this when they are to stay."""

    def build(when_warm, timeout_seconds=60):
        real = programs.path_of("libreoffice")
        soffice = tmp_path / "soffice"
        soffice.write_text(
            f'#!/bin/sh\ncase "$*" in *--accept*) {when_warm};; *) exec {real} "$@";; esac\n'
        )
        soffice.chmod(0o755)
        converter = choose_converter(str(soffice), tmp_path / "work", timeout_seconds)
        converter.office().start_seconds = 1
        return converter

    return build


@pytest.mark.parametrize("when_warm", ["exit 7", "exec sleep 1000"])
def test_a_libreoffice_that_cannot_be_kept_warm_is_used_cold(not_startable, tmp_path, when_warm):
    converter = not_startable(when_warm)
    assert converter.condition().way is Way.WARM

    pdf = converter.convert(DOCUMENT)

    assert (pdf.pages, pdf.is_quick_view) == (1, False)
    assert converter.condition().way is Way.COLD
    assert list((tmp_path / "work").iterdir()) == []


def start_owner(tmp_path) -> subprocess.Popen:
    """Start a process that converts once and then says the ids of bridge and soffice."""
    script = f"""
        import sys, time
        from pathlib import Path
        from services.assembler.rendering.pdf.converter import choose_converter
        converter = choose_converter(None, Path({str(tmp_path / "work")!r}), 60)
        converter.convert(Path({str(tmp_path / "document.docx")!r}).read_bytes())
        slot = converter.office().slot
        print(slot._process.pid, slot.soffice_pid, flush=True)
        time.sleep(1000)
    """
    (tmp_path / "document.docx").write_bytes(DOCUMENT)
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)],
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(Path(__file__).parents[3]), "PATH": os.defpath},
    )


def test_a_conversion_that_is_interrupted_leaves_no_half_used_instance(warm):
    converter = warm()
    converter.convert(DOCUMENT)
    pids = family(slot_of(converter))
    os.kill(pids[0], signal.SIGSTOP)

    class SoftTimeLimit(Exception):
        pass

    def interrupt(*_):
        raise SoftTimeLimit

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        with pytest.raises(SoftTimeLimit):
            converter.convert(DOCUMENT)
    finally:
        signal.signal(signal.SIGALRM, before)

    assert wait_until_ended(*pids)
    assert converter.office().slot is None
    assert converter.convert(DOCUMENT).pages == 1
