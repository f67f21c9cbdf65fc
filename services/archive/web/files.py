"""A file on its way out, named in Vietnamese."""

from urllib.parse import quote

from flask import Response
from werkzeug.http import quote_etag

from services.archive.use_cases.downloading import Download, Format
from vnadmin.text_folding import fold

MEDIA_TYPES = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
}


def file_response(download: Download) -> Response:
    """Return the file as an attachment; its name in full (RFC 6266) and, for old clients, ASCII."""
    response = Response(download.data, mimetype=MEDIA_TYPES[download.format])
    plain = fold(download.name).encode("ascii", "replace").decode().replace("?", "_")
    response.headers.set("Content-Disposition", "attachment", filename=plain.replace('"', "_"))
    response.headers["Content-Disposition"] += f"; filename*=UTF-8''{quote(download.name, safe='')}"
    # Every download of a received document is written down, so none may come from a cache.
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["ETag"] = quote_etag(download.sha256)
    response.headers["X-Content-Sha256"] = download.sha256
    return response
