"""When a warm LibreOffice is replaced by a fresh one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Recycling:
    """It grows with every document: so many exports, or so much memory (RSS), are the end."""

    after_exports: int = 100
    memory_mib: int = 700


USUAL_RECYCLING = Recycling()
