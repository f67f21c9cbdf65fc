"""Checking a template before it may be used: everything that is wrong with it, at once.

Nothing here raises for a bad file; whatever is found is a Finding with its place, in the order of
the document. It runs on files of strangers: see isolation.py for the process that it runs in.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx import Document

from ooxml.package import Package, PackageRefused, open_package
from services.assembler.domain.findings import Finding, Severity, error
from services.assembler.rendering import docx
from services.assembler.rendering.blocks import check_blocks
from services.assembler.rendering.boxes import missing_boxes
from services.assembler.rendering.compiling import PARTS, compile_template
from services.assembler.rendering.complaints import Place
from services.assembler.rendering.context import RenderingFailed
from services.assembler.rendering.contract import DataRefused, Shape, check_context, shape_of
from services.assembler.rendering.layout_lint import layout_findings
from services.assembler.rendering.names import Read, check_names, uses
from services.assembler.rendering.paragraphs import Paragraph, paragraphs_of
from services.assembler.rendering.placement import check_placement
from services.assembler.rendering.refusals import is_refusal, refusals
from services.assembler.rendering.surroundings import (
    broken_relations,
    missing_styles,
    pictures_at_the_edge,
    revisions,
    tags_never_filled,
    tags_outside_text,
)
from services.assembler.rendering.tag_integrity import cuts_of
from services.assembler.rendering.tag_language import check_language
from services.assembler.rendering.tags import Spot, read_tags
from services.assembler.rendering.templates import Manifest

_MOST = 300
# Families of documents in the edition of the decree that a template's own title may not tell.
_CERTIFICATE = "certificate"
_FAMILIES = {"GK": _CERTIFICATE, "BB": "minutes", "Công văn": "letter"}


@dataclass(frozen=True, slots=True)
class Watcher:
    """Told as a check goes on, so that one that never ends can still say where it was."""

    at: Callable[[str], None] = lambda _: None
    """Called with the place that is looked at next."""
    found: Callable[[Sequence[Finding]], None] = lambda _: None
    """Called with what was found so far."""


_NOBODY = Watcher()


def check_template(
    template: bytes,
    manifest: Manifest,
    *,
    samples: Mapping[str, Mapping[str, Any]],
    fonts: Collection[str] | None = None,
    watcher: Watcher = _NOBODY,
) -> tuple[Finding, ...]:
    """Return every finding; without an error the template renders each of the samples.

    `fonts` are the families of the machine that prints, None where it is not known.
    """
    found = check_any_template(template, manifest, watcher=watcher)
    if any(map(is_refusal, found)) or len(found) > _MOST:
        return found
    watcher.found(found)
    watcher.at("thể thức của mẫu")
    package = open_package(template)
    layout = layout_findings(package, family=_family(manifest), fonts=fonts)
    found = (*found, *missing_boxes(template, manifest), *layout)
    watcher.found(found)
    if has_error(found):
        return found
    return (*found, *check_samples(template, manifest, samples, watcher=watcher))


def check_any_template(
    template: bytes, manifest: Manifest | None = None, *, watcher: Watcher = _NOBODY
) -> tuple[Finding, ...]:
    """Return what can be said without data; without a manifest, of file and language only."""
    refused = refusals(template)
    if refused:
        return refused
    package = open_package(template)
    shape = shape_of(manifest.placeholders) if manifest else None
    is_certificate = manifest is not None and _family(manifest) == _CERTIFICATE
    found: list[Finding] = []
    for name in package.parts_of_kind(*PARTS):
        watcher.at(str(Place(name, "")))
        found += _check_part(package, name, shape, may_have_frame=is_certificate)
    found += tags_never_filled(package)
    if not has_error(found):
        found += _compile(template)
    return _readable(found)


def _family(manifest: Manifest) -> str:
    return _FAMILIES.get(manifest.document_type, "")


def has_error(found: Iterable[Finding]) -> bool:
    """Tell whether something stands against using the template."""
    return any(one.severity is Severity.ERROR for one in found)


def _readable(found: list[Finding]) -> tuple[Finding, ...]:
    """Return as many findings as anybody reads, the errors before all others if there are more."""
    if len(found) <= _MOST:
        return tuple(found)
    kept = sorted(found, key=lambda one: one.severity is not Severity.ERROR)[:_MOST]
    rest = f"Còn {len(found) - _MOST} chỗ khác chưa nêu ở đây."
    return (*kept, error("template-too-many", "Tệp mẫu", rest, "Sửa những chỗ đã nêu rồi tải lại."))


def used_paths_of(template: bytes) -> tuple[str, ...]:
    """Return every path that the template reads, in the order of the document."""
    package = open_package(template)
    found: dict[str, None] = {}
    for name in package.parts_of_kind(*PARTS):
        read, _ = _read(paragraphs_of(name, package.tree(name)))
        found |= dict.fromkeys(path for _, path in uses(read))
    return tuple(found)


def _check_part(
    package: Package, name: str, shape: Shape | None, *, may_have_frame: bool
) -> list[Finding]:
    root = package.tree(name)
    paragraphs = paragraphs_of(name, root)
    read, spots = _read(paragraphs)
    tags = [tag for tag, _ in read]
    spots += check_blocks(tags)
    spots += check_placement(paragraphs, tags)
    if shape is not None:
        spots += check_names(read, shape)
    if not may_have_frame:
        spots += pictures_at_the_edge(name, paragraphs)
    spots += revisions(root, paragraphs)
    spots += missing_styles(package, paragraphs)
    spots.sort(key=lambda one: (one.paragraph.number, one.offset))
    return [
        *broken_relations(package, name, root),
        *(spot.finding() for spot in spots),
        *tags_outside_text(name, root),
    ]


def _read(paragraphs: tuple[Paragraph, ...]) -> tuple[list[Read], list[Spot]]:
    reading = read_tags(paragraphs)
    read, spots = [], list(reading.spots)
    for tag in reading.tags:
        tree, wrong = check_language(tag)
        read.append((tag, tree))
        spots += [*cuts_of(tag), *wrong]
    return read, spots


def _compile(template: bytes) -> Iterator[Finding]:
    """Compile the template as the engine does: whatever the closer look did not see."""
    try:
        compile_template(template)
    except RenderingFailed as exc:
        yield error("template-syntax", "Tệp mẫu", exc.detail)


def check_samples(
    template: bytes,
    manifest: Manifest,
    samples: Mapping[str, Mapping[str, Any]],
    *,
    watcher: Watcher = _NOBODY,
) -> Iterator[Finding]:
    """Yield what is wrong with the samples, or with the documents that are made of them."""
    for name, sample in samples.items():
        place = f"Dữ liệu thử “{name}”"
        watcher.at(place)
        try:
            check_context(manifest.placeholders, sample)
            _reopen(docx.render(template, sample))
        except DataRefused as exc:
            for one in exc.errors:
                yield error("template-sample-data", place, one.detail)
        except (RenderingFailed, _NotReadable) as exc:
            yield error("template-sample", place, exc.detail)


class _NotReadable(Exception):
    """The result is no Word document."""

    detail = "Văn bản tạo ra không mở lại được."


def _reopen(document: bytes) -> None:
    """Open the result fully, twice: by our own reader and by the one that others use."""
    try:
        open_package(document)
        Document(BytesIO(document))
    except (PackageRefused, KeyError, ValueError, LookupError) as exc:
        raise _NotReadable from exc
