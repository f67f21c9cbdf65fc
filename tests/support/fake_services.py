"""Intake and archive as the assembler sees them, over real HTTP on a loopback port."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import NAMESPACE_OID, UUID, uuid5

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.serving import make_server

from kernel.contracts.dossier import Dossier, DossierSchema


class FakeServices:
    """Answers as intake and archive do, and notes what it was asked."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = DossierSchema().dump(dossier)
        self.deposits: dict[str, list[bytes]] = {}
        self.contents: dict[UUID, bytes] = {}
        self.outcomes: dict[UUID, list[dict[str, object]]] = {}
        self.pushes = 0
        self.is_waited_for = threading.Event()
        self.go_on = threading.Event()
        self.go_on.set()
        self.url = ""

    def hold(self) -> None:
        """Let the next deposits wait until `release`."""
        self.is_waited_for.clear()
        self.go_on.clear()

    def release(self) -> None:
        """Answer everything that waits, and no longer wait."""
        self.go_on.set()

    def app(self) -> Flask:
        """Return the two services in one app."""
        app = Flask("fake_services")
        self._add_intake(app)
        self._add_archive(app)
        return app

    def _add_intake(self, app: Flask) -> None:
        @app.post("/intake/api/v1/periods/<uuid:period_id>/dossiers")
        def freeze(period_id: UUID) -> ResponseReturnValue:
            return jsonify(self.dossier), 201

        @app.get("/intake/api/v1/dossiers/<uuid:dossier_id>")
        def dossier(dossier_id: UUID) -> ResponseReturnValue:
            return jsonify(self.dossier)

        @app.get("/intake/api/v1/periods")
        def periods() -> ResponseReturnValue:
            period = self.dossier["content"]["period"]
            return jsonify([{**period, "due_on": None, "accepted": 15, "total": 17}])

    def _add_archive(self, app: Flask) -> None:
        @app.put("/archive/api/v1/deposits/<key>")
        def deposit(key: str) -> ResponseReturnValue:
            data = request.files["file"].read()
            metadata = json.loads(request.form["metadata"])
            self.is_waited_for.set()
            self.go_on.wait(30)
            self.deposits.setdefault(key, []).append(data)
            return jsonify(
                document_id=str(uuid5(NAMESPACE_OID, key)),
                version_id=str(uuid5(NAMESPACE_OID, f"{key}/1")),
                version=1,
                sha256=metadata["sha256"],
            )

        @app.get("/archive/api/v1/versions/<uuid:version_id>/content")
        def content(version_id: UUID) -> ResponseReturnValue:
            return self.contents[version_id]

        @app.put("/archive/api/v1/versions/<uuid:version_id>/rendition")
        def rendition(version_id: UUID) -> ResponseReturnValue:
            outcome = json.loads(request.form["metadata"])
            self.outcomes.setdefault(version_id, []).append(outcome)
            return "", 204

        @app.post("/archive/api/v1/outbox/deliveries")
        def push() -> ResponseReturnValue:
            self.pushes += 1
            return jsonify(sent=0)


@contextmanager
def running_services(dossier: Dossier) -> Iterator[FakeServices]:
    """Yield the services, answering at `url`."""
    services = FakeServices(dossier)
    server = make_server("127.0.0.1", 0, services.app(), threaded=True)
    services.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield services
    finally:
        services.release()
        server.shutdown()
        thread.join()
        server.server_close()
