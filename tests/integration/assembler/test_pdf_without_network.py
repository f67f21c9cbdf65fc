"""LibreOffice reaches no address, whatever a document asks for."""

import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from services.assembler.rendering.pdf.converter import choose_converter
from services.assembler.rendering.pdf.libreoffice import LibreOffice
from services.assembler.rendering.pdf.office import Budget, ExportOptions
from tests.support import programs
from tests.support.word_packages import parts_of, relationships, zipped

pytestmark = pytest.mark.libreoffice

_A = "http://schemas.openxmlformats.org/drawingml/2006"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKED_PICTURE = (
    f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{_A}/wordprocessingDrawing">'
    '<wp:extent cx="952500" cy="952500"/><wp:docPr id="1" name="p"/>'
    f'<a:graphic xmlns:a="{_A}/main"><a:graphicData uri="{_A}/picture">'
    f'<pic:pic xmlns:pic="{_A}/picture"><pic:nvPicPr><pic:cNvPr id="1" name="p"/><pic:cNvPicPr/>'
    f'</pic:nvPicPr><pic:blipFill><a:blip xmlns:r="{_R}" r:link="r0"/><a:stretch><a:fillRect/>'
    '</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="952500" cy="952500"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)


class Listener(HTTPServer):
    """Notes what is asked of it."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Answer)
        self.asked = []


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        self.send_error(404)

    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def listener():
    server = Listener()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def document(listener):
    """A document that no service of ours would open: its picture lies at an address."""
    address = f"http://127.0.0.1:{listener.server_port}/picture.png"
    linked = relationships(("image", address), external=True)
    return zipped({**parts_of(LINKED_PICTURE), "word/_rels/document.xml.rels": linked})


@pytest.mark.parametrize("python", [None, "none"], ids=["warm", "cold"])
def test_a_picture_at_an_address_is_not_fetched(listener, document, tmp_path, python):
    program = str(programs.path_of("libreoffice"))
    converter = choose_converter(program, tmp_path / "work", 60, python=python)
    assert isinstance(converter, LibreOffice)

    try:
        made = converter.office().export(document, ExportOptions(archival=False), Budget(60))
    finally:
        converter.close()

    assert made.data.startswith(b"%PDF")
    assert listener.asked == []


def test_libreoffice_left_to_itself_would_fetch_it(listener, document, tmp_path):
    source = tmp_path / "document.docx"
    source.write_bytes(document)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"

    subprocess.run(
        [programs.path_of("libreoffice"), profile, "--headless", "--convert-to", "pdf", source],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )

    assert Path(tmp_path / "document.pdf").exists()
    assert "/picture.png" in listener.asked
