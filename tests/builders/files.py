"""Files of every kind that goes with a report, and of kinds that do not."""

import io
from typing import Any

from PIL import Image
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from tests.builders.spreadsheets import A_ROW, workbook
from tests.support.word_packages import parts_of, zipped


def a_pdf(text: str = "biên bản") -> bytes:
    """Return the least that is a PDF."""
    return f"%PDF-1.7\n% {text}\ntrailer <</Root 1 0 R>>\nstartxref\n0\n%%EOF\n".encode()


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (8, 8)) -> bytes:
    """Return a small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", size, "red").save(buffer, kind)
    return buffer.getvalue()


def a_word_file() -> bytes:
    """Return a Word document of one paragraph."""
    return zipped(parts_of())


def a_workbook() -> bytes:
    """Return an Excel workbook of one row."""
    return workbook(A_ROW)


def multipart(files: list[tuple[bytes, str]], **fields: str) -> dict[str, Any]:
    """Return what a test client is to send: the client itself would leave large bodies open."""
    sent = [FileStorage(io.BytesIO(data), name) for data, name in files]
    boundary, body = encode_multipart(MultiDict({"file": sent, **fields}))
    return {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}
