"""A typed client of the three services: what a program or another office builds on.

It needs httpx and nothing else of this project: what comes back are its own frozen dataclasses.
"""

from client.connection import Patience
from client.problems import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    NotSignedIn,
    Pointed,
    Problem,
    Refused,
    Unavailable,
)
from client.reading import UnexpectedAnswer
from client.system import Thidua

__all__ = [
    "Conflict",
    "Forbidden",
    "Invalid",
    "NotFound",
    "NotSignedIn",
    "Patience",
    "Pointed",
    "Problem",
    "Refused",
    "Thidua",
    "Unavailable",
    "UnexpectedAnswer",
]
