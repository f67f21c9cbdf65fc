"""Structured logs: one JSON object a line, ids only, never a name or a text of a user."""

import logging
import logging.config
import time

from flask import Flask, Response, g, request

from kernel.request_context import request_id

logger = logging.getLogger("thidua.http")


class _RequestId(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id()
        return True


def configure(level: str) -> None:
    """Send everything to standard error as JSON lines."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "filters": {"request_id": {"()": _RequestId}},
            "formatters": {
                "json": {
                    "()": "pythonjsonlogger.json.JsonFormatter",
                    "datefmt": "%Y-%m-%dT%H:%M:%S%z",
                    "format": "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s",
                }
            },
            "handlers": {
                "stderr": {
                    "class": "logging.StreamHandler",
                    "formatter": "json",
                    "filters": ["request_id"],
                }
            },
            "root": {"level": level, "handlers": ["stderr"]},
            # httpx logs whole addresses at INFO; ours hold ids only, but once a call is enough.
            "loggers": {"httpx": {"level": "WARNING"}, "fontTools": {"level": "WARNING"}},
        }
    )


def init_app(app: Flask) -> None:
    """Log each request by its rule, not its address: an address can hold what a user typed."""

    @app.before_request
    def _start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def _log(response: Response) -> Response:
        logger.info(
            "request",
            extra={
                "service": app.name,
                "method": request.method,
                "route": str(request.url_rule) if request.url_rule else None,
                "status": response.status_code,
                "ms": round((time.perf_counter() - g.started) * 1000, 1),
            },
        )
        return response
