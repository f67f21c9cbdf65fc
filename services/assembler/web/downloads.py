"""Files that pages send to be kept."""

from flask import Response

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx(content: bytes, name: str) -> Response:
    """Return a Word document as a download."""
    return _attachment(content, name, _DOCX)


def pdf(content: bytes, name: str) -> Response:
    """Return a PDF as a download."""
    return _attachment(content, name, "application/pdf")


def _attachment(content: bytes, name: str, mimetype: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
