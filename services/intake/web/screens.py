"""The pages and the API of intake: a subject that is not named here has no address."""

from services.intake.web import assets
from services.intake.web.api import accounts as accounts_api
from services.intake.web.api import attachments as attachments_api
from services.intake.web.api import candidates as candidates_api
from services.intake.web.api import council as council_api
from services.intake.web.api import dossiers as dossiers_api
from services.intake.web.api import forms as forms_api
from services.intake.web.api import imports as imports_api
from services.intake.web.api import introspection as introspection_api
from services.intake.web.api import letterheads as letterheads_api
from services.intake.web.api import mails as mails_api
from services.intake.web.api import notices as notices_api
from services.intake.web.api import own_account as own_account_api
from services.intake.web.api import parts as parts_api
from services.intake.web.api import period_changes as period_changes_api
from services.intake.web.api import periods as periods_api
from services.intake.web.api import reminders as reminders_api
from services.intake.web.api import reviews as reviews_api
from services.intake.web.api import sheets as sheets_api
from services.intake.web.api import submissions as submissions_api
from services.intake.web.api import units as units_api
from services.intake.web.pages import (
    accepting,
    accounts,
    attachments,
    candidates,
    commenting,
    copying,
    council,
    dossiers,
    form_parts,
    form_rows,
    form_sheets,
    forms,
    home,
    importing,
    invitations,
    letterheads,
    mails,
    notices,
    overseeing,
    own_account,
    part_lists,
    parts,
    period_opening,
    period_settings,
    periods,
    reminders,
    report_edition,
    reporting,
    reviewing,
    set_asides,
    signing_in,
    superiors,
    units,
)

PAGES = (
    overseeing.bp,
    commenting.bp,
    accepting.bp,
    assets.bp,
    accounts.bp,
    attachments.bp,
    copying.bp,
    candidates.bp,
    council.bp,
    dossiers.bp,
    form_parts.bp,
    form_rows.bp,
    form_sheets.bp,
    forms.bp,
    home.bp,
    importing.bp,
    invitations.bp,
    letterheads.bp,
    mails.bp,
    notices.bp,
    own_account.bp,
    part_lists.bp,
    parts.bp,
    periods.bp,
    reminders.bp,
    period_opening.bp,
    period_settings.bp,
    report_edition.bp,
    reporting.bp,
    reviewing.bp,
    set_asides.bp,
    signing_in.bp,
    superiors.bp,
    units.bp,
)
APIS = (
    accounts_api.bp,
    attachments_api.bp,
    candidates_api.bp,
    council_api.bp,
    dossiers_api.bp,
    forms_api.bp,
    imports_api.bp,
    introspection_api.bp,
    letterheads_api.bp,
    mails_api.bp,
    notices_api.bp,
    own_account_api.bp,
    parts_api.bp,
    period_changes_api.bp,
    periods_api.bp,
    reviews_api.bp,
    sheets_api.bp,
    reminders_api.bp,
    submissions_api.bp,
    units_api.bp,
)
