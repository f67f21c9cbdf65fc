"""The base of every table of intake: how Python types become columns."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Text, Uuid
from sqlalchemy.orm import DeclarativeBase

from kernel.database import UtcDateTime, named_metadata


class Base(DeclarativeBase):
    """Every table of intake."""

    metadata = named_metadata()
    type_annotation_map = {
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
        UUID: Uuid,
        str: Text,
    }
