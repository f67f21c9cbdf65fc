"""A template is compiled once: in the process, and for all that share a folder."""

import os
import shutil
import time

import pytest

from services.assembler.rendering import compiled_store
from services.assembler.rendering.compiled_store import CompiledStore, NotPrivate
from services.assembler.rendering.compiling import compile_template
from services.assembler.rendering.docx import Renderer, render
from tests.support.word_packages import W, paragraph, parts_of, word_file, zipped

TEMPLATE = word_file(
    paragraph("{% for x in xs %}{{ x }}{% endfor %}"),
    header1=f"<w:hdr {W}>{paragraph('{{ y }}')}</w:hdr>",
)
DATA = {"xs": ["a", "&"], "y": "đầu"}


class Compiler:
    def __init__(self):
        self.compiled = 0

    def __call__(self, template):
        self.compiled += 1
        return compile_template(template)


def test_one_process_compiles_a_template_once():
    compiler = Compiler()
    store = CompiledStore(compiler)

    assert store.get(TEMPLATE) is store.get(bytes(TEMPLATE))
    assert compiler.compiled == 1


def test_another_process_takes_what_the_first_one_made(tmp_path):
    first, second = Compiler(), Compiler()

    CompiledStore(first, tmp_path / "compiled").get(TEMPLATE)
    taken = CompiledStore(second, tmp_path / "compiled").get(TEMPLATE)

    assert (first.compiled, second.compiled) == (1, 0)
    assert set(taken.parts) == {"word/document.xml", "word/header1.xml"}


def test_what_was_stored_renders_the_same_bytes(tmp_path):
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>{{ y }}</dc:title></cp:coreProperties>"
    )
    template = zipped({**parts_of(paragraph("{{ y }}")), "docProps/core.xml": core})
    Renderer(tmp_path / "compiled").render(template, DATA)

    assert Renderer(tmp_path / "compiled").render(template, DATA) == render(template, DATA)


def test_errors_of_a_stored_template_know_their_place(tmp_path):
    template = word_file(paragraph("một") + paragraph("{{ body.nam }}"))
    data = {"body": {"nam": "x"}}
    Renderer(tmp_path).render(template, data)

    with pytest.raises(Exception, match=r"Xem \{\{ body.nam \}\} ở thân văn bản"):
        Renderer(tmp_path).render(template, {"body": {}})


def with_zeros(whole):
    """Return the file with a block that a crash of the machine left blank: it would run as code."""
    at = whole.index(b"root") - 200
    return whole[:at] + bytes(64) + whole[at + 64 :]


@pytest.mark.parametrize(
    "torn", [b"", b"x", b"\xe9", lambda whole: whole[: len(whole) // 2], with_zeros]
)
def test_a_torn_file_is_made_anew(tmp_path, torn):
    CompiledStore(compile_template, tmp_path).get(TEMPLATE)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(torn if isinstance(torn, bytes) else torn(whole))

    CompiledStore(compile_template, tmp_path).get(TEMPLATE)

    assert file.read_bytes() == whole


def test_a_folder_that_others_may_write_is_refused(tmp_path):
    tmp_path.chmod(0o777)

    with pytest.raises(NotPrivate):
        CompiledStore(compile_template, tmp_path)


def test_a_form_that_other_code_made_is_not_found(tmp_path):
    CompiledStore(compile_template, tmp_path).get(TEMPLATE)
    (file,) = tmp_path.iterdir()
    file.rename(file.with_suffix(".0000000000000000"))
    compiler = Compiler()

    CompiledStore(compiler, tmp_path).get(TEMPLATE)

    assert compiler.compiled == 1
    assert file.suffix == f".{compiled_store.fingerprint()}"


def test_a_folder_that_is_gone_costs_speed_but_no_document(tmp_path):
    renderer = Renderer(tmp_path / "compiled")
    shutil.rmtree(tmp_path / "compiled")

    assert renderer.render(TEMPLATE, DATA) == render(TEMPLATE, DATA)


def test_a_file_that_cannot_be_read_costs_speed_but_no_document(tmp_path):
    CompiledStore(compile_template, tmp_path).get(TEMPLATE)
    (file,) = tmp_path.iterdir()
    file.unlink()
    file.mkdir()

    assert Renderer(tmp_path).render(TEMPLATE, DATA) == render(TEMPLATE, DATA)
    assert list(tmp_path.iterdir()) == [file]


def test_what_other_code_or_a_killed_worker_left_goes_after_a_day(tmp_path):
    CompiledStore(compile_template, tmp_path).get(TEMPLATE)
    (kept,) = tmp_path.iterdir()
    young, old, cut = (tmp_path / name for name in ("young.0000", "old.0000", "tmpcut"))
    for file in (young, old, cut):
        file.touch()
    for file in (kept, old, cut):
        os.utime(file, (0, time.time() - 25 * 60 * 60))

    CompiledStore(compile_template, tmp_path)

    assert set(tmp_path.iterdir()) == {kept, young}


def test_only_so_many_are_kept_in_memory():
    store = CompiledStore(compile_template)
    first = store.get(word_file(paragraph("0 {{ x }}")))
    for n in range(1, 65):
        store.get(word_file(paragraph(f"{n} {{{{ x }}}}")))

    assert store.get(word_file(paragraph("0 {{ x }}"))) is not first
