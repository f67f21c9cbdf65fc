"""One service listening on a port of this machine, for real browsers."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from kernel.app import mount
from kernel.auth.principal import Service


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing of single requests."""


@contextmanager
def listening(app: Flask, service: Service) -> Iterator[str]:
    """Yield the address at which the service answers."""
    server = make_server(
        "127.0.0.1", 0, mount({service: app}), threaded=True, request_handler=_Quiet
    )
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
