"""Found offices, open accounts and periods: what operators and the one-PC stack do."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from kernel.auth.principal import Role
from kernel.contracts.identity import office_id_for
from kernel.errors import Conflict, InvalidInput, Located, NotFound
from services.intake.domain.accounts import faults_of_login_name, faults_of_unit, login_name_of
from services.intake.domain.form_faults import faults_of
from services.intake.domain.forms import PeriodForm
from services.intake.domain.office import OfficeProfile
from services.intake.persistence.accounts import Accounts
from services.intake.persistence.form_editions import FormEditions
from services.intake.persistence.models import AccountRow, PeriodRow
from services.intake.persistence.offices import Offices, Units
from services.intake.persistence.periods import Periods
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.invitations import fit_hash, replace_password
from services.intake.use_cases.telling_of_reports import tell_of_opening
from vnadmin.text_folding import compose


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """An account to be opened; a sector officer belongs to a unit, the others to none."""

    office_id: UUID
    login_name: str
    display_name: str
    password: str = field(repr=False)
    role: Role
    unit_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPeriod:
    """A period to be opened, with the form that it will ask for ever."""

    office_id: UUID
    code: str
    title: str
    year: int
    due_on: date
    form: PeriodForm
    needs_second: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NextPeriod:
    """A period that asks what the period `model_code` asked."""

    office_id: UUID
    model_code: str
    code: str
    title: str
    year: int
    due_on: date
    needs_second: bool = False


def found_office(profile: OfficeProfile, *, deps: Deps) -> UUID:
    """Return the office with this code, made now where there was none."""
    with deps.database.begin() as session:
        Offices(session).found(profile, at=deps.now())
    return office_id_for(profile.code)


def create_account(command: NewAccount, *, deps: Deps) -> UUID:
    """Open an account; a name that is taken is a Conflict."""
    login_name = login_name_of(command.login_name)
    display_name = compose(command.display_name).strip()
    _refuse_unfit(command, login_name, deps)
    password_hash = deps.passwords.hash(command.password)
    with deps.database.begin() as session:
        office = Offices(session).get(command.office_id)
        unit = Units(session, office_id=office.id).find(command.unit_code)
        faults = faults_of_unit(command.role, command.unit_code, is_known=unit is not None)
        if faults:
            raise InvalidInput(faults[0].detail, errors=faults)
        row = AccountRow(
            office_id=office.id,
            unit_id=unit.id if unit else None,
            login_name=login_name,
            password_hash=password_hash,
            display_name=display_name,
            role=command.role.value,
            is_active=True,
            created_at=deps.now(),
        )
        if not Accounts(session).add(row):
            raise Conflict(f"Tên đăng nhập {login_name} đã có người dùng.")
        return row.id


def set_password(login_name: str, password: str, *, deps: Deps) -> None:
    """Give an account a new password, let it be tried at once, and end its sessions."""
    name = login_name_of(login_name)
    with deps.database.read() as session:
        account = Accounts(session).find(name)
    if account is None:
        raise NotFound(f"Không có tài khoản {name}.")
    password_hash = fit_hash(account, password, deps=deps)
    with deps.database.begin() as session:
        replace_password(session, account.id, password_hash, at=deps.now())


def open_period(command: NewPeriod, *, deps: Deps) -> UUID:
    """Return the period with this code, opened now where there was none."""
    with deps.database.begin() as session:
        office_id = Offices(session).get(command.office_id).id
        periods = Periods(session, office_id=office_id)
        existing = periods.find_by_code(command.code)
        if existing is not None:
            return existing.id
        units = Units(session, office_id=office_id).reporting(command.due_on)
        faults = list(faults_of(command.form, [unit.code for unit in units]))
        if faults:
            raise InvalidInput("Biểu mẫu của kỳ có chỗ chưa đúng.", errors=faults)
        editions = FormEditions(session, office_id=office_id)
        title = compose(command.title)
        edition = editions.add(command.form, title=title, at=deps.now())
        row = PeriodRow(
            code=command.code,
            title=title,
            year=command.year,
            status="open",
            due_on=command.due_on,
            edition_id=editions.pin(edition.id, at=deps.now()).id,
            opened_at=deps.now(),
            needs_second=command.needs_second,
        )
        if periods.add(row):
            tell_of_opening(session, row)
            return row.id
        return periods.get_by_code(command.code).id


def open_period_like(command: NextPeriod, *, deps: Deps) -> UUID:
    """Open a period with the form of an earlier one."""
    with deps.database.read() as session:
        model = Periods(session, office_id=command.office_id).get_by_code(command.model_code)
        form = FormEditions(session, office_id=command.office_id).form(model.edition_id)
    period = NewPeriod(
        office_id=command.office_id,
        code=command.code,
        title=command.title,
        year=command.year,
        due_on=command.due_on,
        form=form,
        needs_second=command.needs_second,
    )
    return open_period(period, deps=deps)


def _refuse_unfit(command: NewAccount, login_name: str, deps: Deps) -> None:
    faults = faults_of_login_name(login_name)
    about = (login_name, command.display_name)
    weakness = deps.passwords.weakness(command.password, about=about)
    if weakness:
        faults.append(Located("#/password", weakness))
    if faults:
        raise InvalidInput(faults[0].detail, errors=faults)
