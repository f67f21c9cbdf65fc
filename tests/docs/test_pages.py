"""What the documentation says of files, settings, labels and messages is so."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from embedded.cli import main
from embedded.settings import PROJECT, StackSettings
from kernel.settings import KernelSettings
from services.archive.settings import ArchiveSettings
from services.assembler.settings import AssemblerSettings
from services.intake.settings import IntakeSettings
from tests.support.documentation import MANUALS, PAGES, ROOT, prose, table_cells, texts_of_the_pages

README = ROOT / "README.md"
_LARGEST_PICTURE = 200_000


def links(page):
    text = prose(page)
    return [*re.findall(r"\]\(([^)\s]+)\)", text), *re.findall(r'src="([^"]+)"', text)]


def anchors(page):
    headings = re.findall(r"^#+ (.+)$", prose(page), re.M)
    return {re.sub(r"[^\w\- ]", "", it.lower()).replace(" ", "-") for it in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_relative_link_leads_somewhere(page):
    lost = []
    for link in links(page):
        target, _, anchor = link.partition("#")
        if "://" in target:
            continue
        file = (page.parent / target).resolve() if target else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            lost.append(link)

    assert lost == []


def test_every_picture_is_small_and_taken_by_the_script():
    pictures = {Path(link) for link in links(README) if link.endswith(".png")}
    script = (ROOT / "docs" / "screenshots.py").read_text("utf-8")

    assert {it.name for it in pictures} == {it.name for it in (ROOT / "docs/images").iterdir()}
    assert [it for it in pictures if f'"{it.name}"' not in script] == []
    assert [it for it in pictures if (ROOT / it).stat().st_size > _LARGEST_PICTURE] == []


def test_every_decision_is_in_the_index():
    folder = ROOT / "docs" / "adr"
    decisions = {it.name for it in folder.glob("0*.md")}

    assert set(re.findall(r"\((0[^)]+\.md)\)", (folder / "README.md").read_text())) == decisions


class Recorder:
    """Stands for the environment and notes what is read from it: name and default."""

    def __init__(self):
        self.read = {}
        self._prefix = ""

    @contextmanager
    def prefixed(self, prefix: str) -> Iterator["Recorder"]:
        outer, self._prefix = self._prefix, prefix
        yield self
        self._prefix = outer

    def _note(self, name, default="none", **_):
        self.read[self._prefix + name] = default
        return 1 if default == "none" else default

    str = int = float = bool = path = _note


def read_by(settings, **given):
    recorder = Recorder()
    settings.from_env(recorder, **given)
    return recorder.read


def documented(reader):
    """Return the variables of the table of the services, with their defaults as written."""
    rows = re.findall(
        rf"^\| `(\w+)` \| {reader} \| (.+?) \| .+ \|$", README.read_text("utf-8"), re.M
    )
    return {name: default.strip("`") for name, default in rows}


@pytest.mark.parametrize(
    ("reader", "settings"),
    [("intake", IntakeSettings), ("assembler", AssemblerSettings), ("archive", ArchiveSettings)],
)
def test_the_table_of_variables_is_what_a_service_reads(reader, settings):
    described = documented("all three") | documented(reader)
    read = read_by(settings)

    assert set(described) == set(read)
    for name, default in read.items():
        if default is not None:
            assert described[name] == str(default), name


def test_what_all_three_read_is_what_the_kernel_reads():
    assert set(documented("all three")) == set(read_by(KernelSettings))


def test_the_table_of_variables_is_what_the_one_pc_stack_reads():
    read = read_by(StackSettings, data_dir=PROJECT / "var", port=8600)

    of_options = {
        option.envvar
        for command in (main, *main.commands.values())
        for option in command.params
        if option.envvar
    }
    assert set(documented("one-PC stack")) == set(read) | of_options


def test_the_table_of_compose_is_what_compose_takes_from_its_environment():
    compose = (ROOT / "docker-compose.yml").read_text("utf-8")
    taken = {
        name: default.removeprefix("-") if default.startswith("-") else "none"
        for name, default in re.findall(r"\$\{(\w+):([-?][^}]*)\}", compose)
    }
    section = README.read_text("utf-8").split("it takes from `.env`")[1].split("\n## ")[0]

    rows = re.findall(r"^\| `(\w+)` \| (.+?) \|", section, re.M)

    told = {name: default.strip("`") for name, default in rows}
    assert {name: "" if it == "empty" else it for name, it in told.items()} == taken


def fragments(text):
    """Return what of a quoted text must stand in the product word for word."""
    return [piece for piece in (it.strip(" .") for it in text.split("…")) if len(piece) > 1]


@pytest.mark.parametrize("page", MANUALS, ids=lambda page: page.name)
def test_every_label_in_bold_is_on_a_page(page):
    labels = re.findall(r"\*\*(.+?)\*\*", prose(page))
    shown = texts_of_the_pages()

    assert len(labels) >= 5
    assert [it for label in labels for it in fragments(label) if it not in shown] == []


@pytest.mark.parametrize("page", MANUALS, ids=lambda page: page.name)
def test_every_message_in_a_table_of_errors_is_said_by_the_product(page):
    messages = [cell[1:-1] for cell in table_cells(page, column=0) if cell.startswith("“")]
    shown = texts_of_the_pages()

    assert [it for said in messages for it in fragments(said) if it not in shown] == []
