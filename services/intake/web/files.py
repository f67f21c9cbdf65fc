"""A file on its way out: named in Vietnamese, and never shown as a page of ours."""

from typing import IO
from urllib.parse import quote

from flask import Response, request
from werkzeug.http import quote_etag
from werkzeug.wsgi import wrap_file

from services.intake.use_cases.fetching_files import FetchedFile
from vnadmin.text_folding import fold

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachment_response(fetched: FetchedFile) -> Response:
    """Return a file that somebody sent: to be saved, whatever is in it."""
    response = _from_disk(fetched.stream, fetched.file.media_type)
    response.content_length = fetched.file.size
    response.headers["ETag"] = quote_etag(fetched.file.sha256)
    response.headers["X-Content-Sha256"] = fetched.file.sha256
    # Whatever slipped through the checks runs nothing, even where a browser shows it.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return _named(response, fetched.file.name)


def sheet_response(data: bytes, name: str) -> Response:
    """Return an Excel file that was made just now."""
    return _named(Response(data, mimetype=XLSX), name)


def _from_disk(stream: IO[bytes], media_type: str) -> Response:
    response = Response(
        wrap_file(request.environ, stream), mimetype=media_type, direct_passthrough=True
    )
    response.call_on_close(stream.close)
    return response


def _named(response: Response, name: str) -> Response:
    """Name the file in full (RFC 6266, RFC 8187) and, for old clients, in ASCII."""
    plain = fold(name).encode("ascii", "replace").decode().replace("?", "_")
    response.headers.set("Content-Disposition", "attachment", filename=plain.replace('"', "_"))
    response.headers["Content-Disposition"] += f"; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Cache-Control"] = "private, no-store"
    return response
