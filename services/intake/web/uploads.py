"""Large files on their way in: never whole in memory, and told of before they are refused."""

import tempfile
from typing import IO

from flask import Request, current_app, request

_IN_MEMORY = 64 * 1024


class UploadRequest(Request):
    """A request whose files wait on the disk of the store: /tmp may be memory."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        folder = current_app.extensions["deps"].files.incoming_folder()
        return tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, mode="rb+", dir=folder)


def make_room(_endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let a request hold a file that is somewhat too large, so that its sender can be told.

    It is a preprocessor of URL values: those run before anything reads the form.
    """
    limits = current_app.extensions["deps"].attachment_limits
    request.max_content_length = limits.max_request_bytes
