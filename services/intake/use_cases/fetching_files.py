"""A file of a report on its way to whoever may read it."""

from dataclasses import dataclass
from typing import IO
from uuid import UUID

from kernel.auth.principal import Person, Role
from kernel.errors import NotFound
from services.intake.domain.content import AttachedFile
from services.intake.persistence.attachments import Attachments
from services.intake.persistence.submissions import Submissions
from services.intake.use_cases.deps import Deps


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedFile:
    """A file with its bytes, which were compared with their hash."""

    file: AttachedFile
    stream: IO[bytes]


def fetch_file(attachment_id: UUID, *, by: Person, deps: Deps) -> FetchedFile:
    """Return the file: to its own unit always, to the office once it was handed in."""
    with deps.database.read() as session:
        attachments = Attachments(session, office_id=by.office_id)
        row = attachments.get(attachment_id)
        submission = Submissions(session, office_id=by.office_id).get(row.submission_id)
        if by.role is Role.SECTOR_OFFICER:
            may_read = submission.unit_id == by.unit_id
        else:
            may_read = attachments.was_submitted(row)
        if not may_read:
            raise NotFound("Không có tài liệu này.")
        file = AttachedFile(
            id=row.id,
            name=row.name,
            sha256=row.sha256,
            size=row.size,
            media_type=row.media_type,
        )
    return FetchedFile(file=file, stream=deps.files.open(file.sha256))
