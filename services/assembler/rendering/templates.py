"""The templates of the installation: one folder a kind, kept as data beside the code."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import yaml
from marshmallow import ValidationError, fields, validates_schema

from kernel.contracts.schema import Choice, Items, Nested, StrictSchema, Text
from kernel.errors import InvalidInput, NotFound
from services.assembler.domain.kinds import SIGNINGS
from services.assembler.rendering.contract import TYPES, shape_of
from services.assembler.rendering.docx import render_text

DOSSIER, AWARDEE = "dossier", "awardee"  # what one rendering of a template is made for
_KIND = re.compile(r"[a-z][a-z0-9_]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeholder:
    """One value that the template prints, as its keeper reads about it."""

    path: str
    type: str
    label: str
    example: Any = None
    optional: bool = False
    """Whether the data may lack it; a template prints it only under a condition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a template is for. `subject` (trích yếu) is itself a small template.

    `document_type` is its abbreviation ("BC", "QĐ") or "Công văn", which has none; `issuing_body`
    the code of a body of the dossier, `award` the code of the award that a decision is about.
    `one_for` says whether a dossier gives one document, or each awardee one (giấy khen), which is
    no official document by itself: its `document_type` is none of the decree's.
    """

    kind: str
    title: str
    document_type: str
    issuing_body: str
    subject: str
    signing: str
    award: str | None = None
    one_for: str = DOSSIER
    placeholders: tuple[Placeholder, ...] = ()

    @property
    def is_per_awardee(self) -> bool:
        """Tell whether each awardee gets one, instead of a dossier."""
        return self.one_for == AWARDEE

    def subject_for(self, context: Mapping[str, Any]) -> str:
        """Return the subject with its placeholders filled."""
        return render_text(self.subject, context)


@dataclass(frozen=True, slots=True)
class Template:
    """One template as it is now; `sha256` is that of the .docx."""

    kind: str
    manifest: Manifest
    data: bytes
    sha256: str
    samples: Mapping[str, Mapping[str, Any]]
    """Contexts to try it with, by name ("typical", "longest")."""


class PlaceholderSchema(StrictSchema):
    """Form of one placeholder in manifest.yml."""

    target: ClassVar = Placeholder
    path = Text(required=True)
    type = Choice(TYPES, required=True)
    label = Text(required=True)
    example = fields.Raw(load_default=None, allow_none=True)
    optional = fields.Boolean(load_default=False)


class ManifestSchema(StrictSchema):
    """Form of manifest.yml."""

    target: ClassVar = Manifest
    kind = Text(required=True)
    title = Text(required=True)
    document_type = Text(required=True)
    issuing_body = Text(required=True)
    subject = Text(required=True, max_length=1_000)
    signing = Choice(SIGNINGS, required=True)
    award = Text(load_default=None, allow_none=True)
    one_for = Choice((DOSSIER, AWARDEE), load_default=DOSSIER)
    placeholders = Items(Nested(PlaceholderSchema))

    @validates_schema(skip_on_field_errors=True)
    def _agree(self, data: Mapping[str, Any], **_: Any) -> None:
        """Refuse paths that contradict each other; raises ValidationError."""
        try:
            shape_of(data["placeholders"])
        except ValidationError as exc:
            raise ValidationError(exc.messages, "placeholders") from exc


class TemplateLibrary:
    """Reads the templates under one folder; each has a folder named after its kind."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def kinds(self) -> tuple[Template, ...]:
        """Return every template, by kind."""
        return tuple(_load(path.parent) for path in sorted(self._root.glob("*/manifest.yml")))

    def get(self, kind: str) -> Template:
        """Return the template of this kind, or raise NotFound."""
        folder = self._root / kind
        if not _KIND.fullmatch(kind) or not (folder / "manifest.yml").is_file():
            raise NotFound(f"Không có mẫu văn bản “{kind}”.")
        return _load(folder)


def _load(folder: Path) -> Template:
    manifest = _load_manifest(folder)
    try:
        data = (folder / "template.docx").read_bytes()
    except FileNotFoundError as exc:
        raise InvalidInput(f"Mẫu “{folder.name}” không có tệp template.docx.") from exc
    sha256 = hashlib.sha256(data).hexdigest()
    return Template(folder.name, manifest, data, sha256, _load_samples(folder))


def _load_samples(folder: Path) -> dict[str, Mapping[str, Any]]:
    paths = sorted((folder / "samples").glob("*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}


def _load_manifest(folder: Path) -> Manifest:
    text = (folder / "manifest.yml").read_text(encoding="utf-8")
    try:
        manifest = ManifestSchema().load(yaml.safe_load(text))
    except yaml.YAMLError as exc:
        raise InvalidInput(f"manifest.yml của mẫu “{folder.name}” sai cú pháp YAML.") from exc
    except ValidationError as exc:
        detail = "; ".join(_complaints(exc.messages, ""))
        raise InvalidInput(f"manifest.yml của mẫu “{folder.name}”: {detail}") from exc
    if not isinstance(manifest, Manifest) or manifest.kind != folder.name:
        raise InvalidInput(f"manifest.yml của mẫu “{folder.name}” ghi một “kind” khác.")
    return manifest


def _complaints(messages: Any, path: str) -> list[str]:
    """Return "path: message" for every message that marshmallow nested."""
    if isinstance(messages, dict):
        return [
            line
            for key, inner in messages.items()
            for line in _complaints(inner, f"{path}.{key}" if path else str(key))
        ]
    return [f"{path}: {message}" for message in messages]
