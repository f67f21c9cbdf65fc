"""Which part of a package refers to which other."""

import posixpath

from ooxml.package import Package
from ooxml.xml import parse_xml


def targets(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return (kind, name of the part) by relationship id, for the parts that are there."""
    folder, name = posixpath.split(part)
    rels = f"{folder}/_rels/{name}.rels"
    if rels not in package.parts:
        return {}
    found = {}
    for relation in parse_xml(package.parts[rels], rels):
        kind = relation.get("Type", "").rpartition("/")[2]
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))[1:]
        if target in package.parts:
            found[relation.get("Id", "")] = (kind, target)
    return found


def target_of_kind(package: Package, part: str, kind: str) -> str | None:
    """Return the first part of this kind that a part refers to."""
    return next((name for its, name in targets(package, part).values() if its == kind), None)
