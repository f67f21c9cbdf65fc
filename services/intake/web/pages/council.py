"""Sessions of the council: who was there, the votes, the results."""

from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.errors import Conflict, Failure, InvalidInput
from kernel.problems import load
from kernel.web.forms import by_field
from services.intake.use_cases import council, viewing_council
from services.intake.web import council_presenting as presenting
from services.intake.web import typed_council
from services.intake.web.context import deps, this_call
from services.intake.web.council_schemas import (
    LockFormSchema,
    PlainFormSchema,
    TypedFactsSchema,
    VotesSchema,
    WhyFormSchema,
    entries_of,
)
from services.intake.web.typed_report import visible

bp = Blueprint("council", __name__)


@bp.get("/periods/<uuid:period_id>/council")
@access(Role.CLERK, Role.LEADER)
def show_sessions(period_id: UUID) -> ResponseReturnValue:
    """List the sessions of a period."""
    person = current_person()
    from_list = viewing_council.candidates_of(period_id, office_id=person.office_id, deps=deps())
    sessions = viewing_council.list_sessions(period_id, office_id=person.office_id, deps=deps())
    return render_template(
        "intake/council_sessions.html", listed=from_list, sessions=sessions, key=uuid4().hex
    )


@bp.post("/periods/<uuid:period_id>/council")
@access(Role.CLERK)
def open_session(period_id: UUID) -> ResponseReturnValue:
    """Begin a session."""
    typed = load(PlainFormSchema(), request.form.to_dict())
    call = this_call(typed["idempotency_key"])
    told = council.open_session(period_id, call=call, by=current_person(), deps=deps())
    flash("Đã mở phiên họp. Hãy nhập thời gian, địa điểm và thành phần.", "success")
    return redirect(url_for("council.show_session", session_id=told["id"]), 303)


@bp.get("/council-sessions/<uuid:session_id>")
@access(Role.CLERK, Role.LEADER)
def show_session(session_id: UUID) -> ResponseReturnValue:
    """Show when and where, and who was there."""
    shown = _shown(session_id)
    return _facts_page(shown, typed_council.typed_facts(shown.facts))


@bp.post("/council-sessions/<uuid:session_id>")
@access(Role.CLERK)
def save_facts(session_id: UUID) -> ResponseReturnValue:
    """Write what was typed, or give another row to type into."""
    form = request.form
    typed, version = typed_council.facts_of_form(form), form.get("version", 0, type=int)
    if form.get("action") != "save":
        typed = typed_council.with_more(typed, form.get("action", ""), form.get("pasted", ""))
        return _facts_page(_shown(session_id), typed, version=version)
    try:
        key = load(PlainFormSchema(), form.to_dict())["idempotency_key"]
        command = council.SaveFacts(
            session_id=session_id,
            version=version,
            facts=load(TypedFactsSchema(), typed_council.loadable(typed)),
            call=this_call(key, version, typed),
        )
        council.save_facts(command, by=current_person(), deps=deps())
    except InvalidInput as exc:
        shown = _still_open(session_id, exc)
        return _facts_page(shown, typed, version=version, errors=by_field(exc.errors)), 422
    except Conflict as exc:
        # Saved once more it takes the place of what somebody else wrote: he is told so.
        return _facts_page(_still_open(session_id, exc), typed, conflict=exc.detail), 409
    flash("Đã lưu thông tin phiên họp.", "success")
    return redirect(url_for("council.show_session", session_id=session_id), 303)


@bp.get("/council-sessions/<uuid:session_id>/votes")
@access(Role.CLERK, Role.LEADER)
def show_votes(session_id: UUID) -> ResponseReturnValue:
    """Show the votes on every nominee."""
    shown = _shown(session_id)
    return _votes_page(shown, typed_council.typed_votes(presenting.in_page_order(shown)))


@bp.post("/council-sessions/<uuid:session_id>/votes")
@access(Role.CLERK)
def save_votes(session_id: UUID) -> ResponseReturnValue:
    """Write the votes that were typed, pasted or filled in; untouched rows are left alone."""
    form = request.form
    shown = _shown(session_id)
    rows = typed_council.votes_of_form(form)
    present = len(shown.facts.present)
    action = form.get("action", "")
    if action == "fill":
        rows = typed_council.all_in_favour(rows, present)
    if action == "paste":
        order = presenting.in_page_order(shown)
        rows, complaints = typed_council.pasted_votes(rows, form.get("pasted", ""), order)
        if complaints:
            errors = {"pasted": " ".join(complaints)}
            return _votes_page(shown, rows, errors=errors, pasted=form.get("pasted", "")), 422
    changed = [place for place, row in enumerate(rows) if typed_council.is_changed(row)]
    try:
        _save_votes(session_id, [rows[place] for place in changed])
    except InvalidInput as exc:
        errors = typed_council.errors_by_row(exc.errors, changed)
        return _votes_page(_still_open(session_id, exc), rows, errors=errors), 422
    except Conflict as exc:
        now = _still_open(session_id, exc)
        rows = typed_council.over_newest(rows, now.tallied)
        errors = typed_council.errors_by_row(exc.errors, changed)
        return _votes_page(now, rows, errors=errors, conflict=exc.detail), 409
    flash(f"Đã lưu phiếu của {len(changed)} đề nghị.", "success")
    return redirect(url_for("council.show_votes", session_id=session_id), 303)


@bp.get("/council-sessions/<uuid:session_id>/results")
@access(Role.CLERK, Role.LEADER)
def show_results(session_id: UUID) -> ResponseReturnValue:
    """Show what came of it, by award and by who decides."""
    return _results_page(_shown(session_id))


@bp.get("/council-sessions/<uuid:session_id>/ballots")
@access(Role.CLERK, Role.LEADER)
def show_ballots(session_id: UUID) -> ResponseReturnValue:
    """Show the list that members vote on, ready to be printed."""
    shown = _shown(session_id)
    return render_template(
        "intake/council_ballots.html",
        shown=shown,
        groups=presenting.tallies_by_award(shown),
        numbers=presenting.numbers_of(shown),
    )


@bp.post("/council-sessions/<uuid:session_id>/lock")
@access(Role.CLERK)
def lock_session(session_id: UUID) -> ResponseReturnValue:
    """Close the results."""
    try:
        typed = load(LockFormSchema(), request.form.to_dict())
        call = this_call(typed["idempotency_key"], typed["version"])
        step = council.Step(session_id=session_id, version=typed["version"], call=call)
        council.lock_session(step, by=current_person(), deps=deps())
    except (InvalidInput, Conflict) as exc:
        is_form = isinstance(exc, InvalidInput)
        errors = {k: v for k, v in by_field(exc.errors).items() if k == "is_confirmed"}
        detail = "" if errors else exc.detail
        return _results_page(_shown(session_id), errors=errors, refused=detail), (
            422 if is_form else 409
        )
    flash("Đã chốt kết quả phiên họp.", "success")
    return redirect(url_for("council.show_results", session_id=session_id), 303)


@bp.post("/council-sessions/<uuid:session_id>/reopen")
@access(Role.CLERK)
def reopen_session(session_id: UUID) -> ResponseReturnValue:
    """Open a locked session again, with the reason."""
    try:
        typed = load(WhyFormSchema(), request.form.to_dict())
        call = this_call(typed["idempotency_key"], typed["reason"])
        step = council.Step(session_id=session_id, reason=typed["reason"], call=call)
        council.reopen_session(step, by=current_person(), deps=deps())
    except InvalidInput as exc:
        return _results_page(_shown(session_id), errors=by_field(exc.errors)), 422
    flash("Đã mở lại phiên họp để sửa.", "success")
    return redirect(url_for("council.show_votes", session_id=session_id), 303)


def _shown(session_id: UUID) -> viewing_council.ShownSession:
    return viewing_council.show_session(
        session_id, office_id=current_person().office_id, deps=deps()
    )


def _still_open(session_id: UUID, refusal: Failure) -> viewing_council.ShownSession:
    """Return the session to be typed into again; one that was locked meanwhile refuses."""
    shown = _shown(session_id)
    if not shown.is_draft:
        raise refusal
    return shown


def _save_votes(session_id: UUID, rows: list[dict[str, str]]) -> None:
    key = load(PlainFormSchema(), request.form.to_dict())["idempotency_key"]
    votes = [typed_council.loadable_vote(row) for row in rows]
    loaded = load(VotesSchema(), {"votes": votes})
    if rows:
        council.save_votes(
            session_id,
            entries_of(loaded["votes"]),
            call=this_call(key, rows),
            by=current_person(),
            deps=deps(),
        )


def _facts_page(
    shown: viewing_council.ShownSession,
    typed: dict[str, Any],
    *,
    version: int | None = None,
    errors: dict[str, str] | None = None,
    conflict: str = "",
) -> str:
    return render_template(
        "intake/council_session.html",
        shown=shown,
        typed=typed,
        version=shown.outline.version if version is None else version,
        errors=errors or {},
        conflict=conflict,
        may_edit=shown.is_draft and current_person().role is Role.CLERK,
        roles=presenting.ROLE_OPTIONS,
        presence=presenting.PRESENCE_OPTIONS,
        key=uuid4().hex,
    )


def _votes_page(
    shown: viewing_council.ShownSession,
    rows: list[dict[str, str]],
    *,
    errors: dict[str, str] | None = None,
    conflict: str = "",
    pasted: str = "",
) -> str:
    by_id = {
        str(it.id): row for it in shown.tallied for row in rows if row["nominee_id"] == str(it.id)
    }
    places = {row["nominee_id"]: place for place, row in enumerate(rows)}
    return render_template(
        "intake/council_votes.html",
        shown=shown,
        groups=presenting.tallies_by_award(shown),
        numbers=presenting.numbers_of(shown),
        rows=by_id,
        places=places,
        errors=errors or {},
        conflict=conflict,
        pasted=visible(pasted),
        may_edit=shown.is_draft and current_person().role is Role.CLERK,
        decided=presenting.DECIDED_OPTIONS,
        key=uuid4().hex,
    )


def _results_page(
    shown: viewing_council.ShownSession, *, errors: dict[str, str] | None = None, refused: str = ""
) -> str:
    return render_template(
        "intake/council_results.html",
        shown=shown,
        groups=presenting.tallies_by_award(shown),
        numbers=presenting.numbers_of(shown),
        share=presenting.share_text,
        errors=errors or {},
        refused=refused,
        typed_reason=visible(request.form.get("reason", "")),
        key=uuid4().hex,
    )
