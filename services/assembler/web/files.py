"""A file on its way out, named in Vietnamese."""

from pathlib import PurePath
from urllib.parse import quote

from flask import Response, request
from werkzeug.wsgi import wrap_file

from services.assembler.use_cases.viewing_batches import File
from vnadmin.text_folding import fold

_MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
}


def file_response(file: File) -> Response:
    """Return the file as an attachment; its name in full (RFC 6266) and, for old clients, ASCII."""
    media_type = _MEDIA_TYPES[PurePath(file.name).suffix]
    if isinstance(file.content, bytes):
        response = Response(file.content, mimetype=media_type)
    else:  # a large ZIP is read from disk piece by piece
        pieces = wrap_file(request.environ, file.content)
        response = Response(pieces, mimetype=media_type, direct_passthrough=True)
    plain = fold(file.name).encode("ascii", "replace").decode().replace("?", "_")
    response.headers.set("Content-Disposition", "attachment", filename=plain.replace('"', "_"))
    response.headers["Content-Disposition"] += f"; filename*=UTF-8''{quote(file.name, safe='')}"
    # It names people, and may be made again.
    response.headers["Cache-Control"] = "private, no-store"
    return response
