"""The tables of intake: typed rows without behaviour, one module a subject."""

from services.intake.persistence.models.accounts import (
    AccountRow,
    ApiTokenRow,
    FailedSignInRow,
    InvitationRow,
    SessionRow,
)
from services.intake.persistence.models.attachments import AttachmentRow
from services.intake.persistence.models.calls import AnsweredCallRow
from services.intake.persistence.models.council import (
    CandidateDistinctionRow,
    CandidateRow,
    CouncilEventRow,
    CouncilSessionRow,
    CouncilVoteRow,
    DossierSessionRow,
    FindingReasonRow,
)
from services.intake.persistence.models.declarative import Base
from services.intake.persistence.models.dossiers import DossierRow, FreezeRow
from services.intake.persistence.models.forms import (
    EditionMoveRow,
    FormEditionRow,
    FormRevisionRow,
)
from services.intake.persistence.models.mails import MailRow
from services.intake.persistence.models.notices import (
    DailyRunRow,
    NoticePreferenceRow,
    NoticeRow,
    PulseRow,
)
from services.intake.persistence.models.offices import (
    OfficeNameRow,
    OfficeRow,
    SuperiorRow,
    UnitNameRow,
    UnitRow,
)
from services.intake.persistence.models.parts import PartDraftRow, SetAsideRow, TypedPartRow
from services.intake.persistence.models.periods import PeriodEventRow, PeriodRow
from services.intake.persistence.models.reminders import ReminderPlanRow, ReminderRow
from services.intake.persistence.models.reviews import CommentRow
from services.intake.persistence.models.submissions import MoveRow, RoundRow, SubmissionRow

__all__ = [
    "AccountRow",
    "AnsweredCallRow",
    "ApiTokenRow",
    "AttachmentRow",
    "Base",
    "CandidateDistinctionRow",
    "CandidateRow",
    "CommentRow",
    "CouncilEventRow",
    "CouncilSessionRow",
    "CouncilVoteRow",
    "DailyRunRow",
    "DossierRow",
    "DossierSessionRow",
    "EditionMoveRow",
    "FailedSignInRow",
    "FindingReasonRow",
    "FormEditionRow",
    "FormRevisionRow",
    "FreezeRow",
    "InvitationRow",
    "MailRow",
    "MoveRow",
    "NoticePreferenceRow",
    "NoticeRow",
    "OfficeNameRow",
    "OfficeRow",
    "PartDraftRow",
    "PeriodEventRow",
    "PeriodRow",
    "PulseRow",
    "ReminderPlanRow",
    "ReminderRow",
    "RoundRow",
    "SessionRow",
    "SetAsideRow",
    "SubmissionRow",
    "SuperiorRow",
    "TypedPartRow",
    "UnitNameRow",
    "UnitRow",
]
