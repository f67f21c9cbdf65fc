"""Tell people what happened, in the transaction in which it happens: both, or neither.

For use cases of any subject. E-mail is none of their business: the worker makes it of the notices
that it finds, for those who want it.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Role
from services.intake.domain.notices import Notice
from services.intake.persistence.notices import Readers, write_notice


def tell(session: Session, notice: Notice, account_ids: Iterable[UUID]) -> int:
    """Tell these accounts, but not the one who did it; return how many were told now."""
    return write_notice(session, notice, set(account_ids) - {notice.by})


def tell_unit(session: Session, unit_id: UUID, notice: Notice) -> int:
    """Tell the officers of a unit."""
    return tell(session, notice, Readers(session, office_id=notice.office_id).of_unit(unit_id))


def tell_roles(session: Session, roles: Iterable[Role], notice: Notice) -> int:
    """Tell everybody in the office with one of these roles."""
    return tell(session, notice, Readers(session, office_id=notice.office_id).of_roles(roles))


def tell_clerks(session: Session, notice: Notice) -> int:
    """Tell the clerks of the office."""
    return tell_roles(session, (Role.CLERK,), notice)


def tell_officers(session: Session, notice: Notice) -> int:
    """Tell the officers of all units of the office."""
    return tell_roles(session, (Role.SECTOR_OFFICER,), notice)
