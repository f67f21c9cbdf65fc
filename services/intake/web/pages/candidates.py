"""The candidates of a period: the list, its duplicates, and what the law says of them."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.errors import InvalidInput
from kernel.problems import load
from kernel.web.forms import by_field
from services.intake.use_cases import nominating
from services.intake.web import council_presenting as presenting
from services.intake.web.context import deps, this_call
from services.intake.web.council_schemas import (
    ExplainFormSchema,
    OtherFormSchema,
    PlainFormSchema,
    WhyFormSchema,
)
from services.intake.web.typed_report import visible

bp = Blueprint("candidates", __name__)


@bp.app_context_processor
def _shared() -> dict[str, Any]:
    return {
        "change_tones": presenting.CHANGE_TONES,
        "severity_tones": presenting.SEVERITY_TONES,
        "occasion_title": presenting.occasion_title,
        "award_title": presenting.award_title,
    }


@bp.get("/periods/<uuid:period_id>/candidates")
@access(Role.CLERK, Role.LEADER)
def show_candidates(period_id: UUID) -> ResponseReturnValue:
    """List the candidates, award by award."""
    return _list_page(period_id, errors={})


@bp.post("/periods/<uuid:period_id>/candidates/read")
@access(Role.CLERK)
def read_candidates(period_id: UUID) -> ResponseReturnValue:
    """Read the accepted reports again."""
    typed = load(PlainFormSchema(), request.form.to_dict())
    call = this_call(typed["idempotency_key"])
    told = nominating.read_candidates(period_id, call=call, by=current_person(), deps=deps())
    flash(
        f"Đã cập nhật danh sách: {told['new']} mới, {told['changed']} thay đổi, "
        f"{told['withdrawn']} đã rút.",
        "success",
    )
    return redirect(url_for("candidates.show_candidates", period_id=period_id), 303)


@bp.get("/periods/<uuid:period_id>/duplicates")
@access(Role.CLERK, Role.LEADER)
def show_duplicates(period_id: UUID) -> ResponseReturnValue:
    """Show who may be proposed twice, both texts side by side."""
    listed = _listed(period_id)
    return render_template("intake/duplicates.html", listed=listed, new_key=_new_key)


@bp.get("/periods/<uuid:period_id>/findings")
@access(Role.CLERK, Role.LEADER)
def show_findings(period_id: UUID) -> ResponseReturnValue:
    """Show what stands against candidates, with the article and the reasons given."""
    return _findings_page(period_id, errors={})


@bp.post("/periods/<uuid:period_id>/findings")
@access(Role.CLERK)
def explain(period_id: UUID) -> ResponseReturnValue:
    """Keep the reason that a finding asks for."""
    try:
        typed = load(ExplainFormSchema(), request.form.to_dict())
        explanation = nominating.Explanation(
            period_id=period_id,
            key=typed["key"],
            reason=typed["reason"],
            on=typed["on"],
            call=this_call(typed["idempotency_key"], typed["key"], typed["reason"]),
        )
        nominating.explain(explanation, by=current_person(), deps=deps())
    except InvalidInput as exc:
        return _findings_page(period_id, errors=by_field(exc.errors)), 422
    flash("Đã lưu lý do.", "success")
    here = url_for("candidates.show_findings", period_id=period_id, on=request.form.get("on"))
    return redirect(here, 303)


@bp.post("/candidates/<uuid:candidate_id>/merge")
@access(Role.CLERK)
def merge(candidate_id: UUID) -> ResponseReturnValue:
    """Make another candidate one with this one."""
    return _about_two(candidate_id, nominating.merge, "Đã gộp hai đề nghị; có thể tách lại.")


@bp.post("/candidates/<uuid:candidate_id>/tell-apart")
@access(Role.CLERK)
def tell_apart(candidate_id: UUID) -> ResponseReturnValue:
    """Remember that two candidates are not one."""
    return _about_two(candidate_id, nominating.tell_apart, "Đã ghi nhận: không phải trùng.")


@bp.post("/candidates/<uuid:candidate_id>/ask-again")
@access(Role.CLERK)
def forget_distinction(candidate_id: UUID) -> ResponseReturnValue:
    """Ask again whether two candidates are one."""
    return _about_two(candidate_id, nominating.forget_distinction, "Sẽ hỏi lại về hai đề nghị này.")


@bp.post("/candidates/<uuid:candidate_id>/unmerge")
@access(Role.CLERK)
def unmerge(candidate_id: UUID) -> ResponseReturnValue:
    """Take a merged candidate out again."""
    return _plain(candidate_id, nominating.unmerge, "Đã tách đề nghị.")


@bp.post("/candidates/<uuid:candidate_id>/take-up")
@access(Role.CLERK)
def take_up(candidate_id: UUID) -> ResponseReturnValue:
    """Put a nominee on the agenda again."""
    return _plain(candidate_id, nominating.take_up, "Đã đưa đề nghị trở lại danh sách bình xét.")


@bp.post("/candidates/<uuid:candidate_id>/set-aside")
@access(Role.CLERK)
def set_aside(candidate_id: UUID) -> ResponseReturnValue:
    """Keep a nominee from the agenda, with the reason."""
    try:
        typed = load(WhyFormSchema(), request.form.to_dict())
    except InvalidInput as exc:
        period_id = nominating.period_of(
            candidate_id, office_id=current_person().office_id, deps=deps()
        )
        errors = {
            f"reason-{candidate_id}" if name == "reason" else name: detail
            for name, detail in by_field(exc.errors).items()
        }
        return _list_page(period_id, errors=errors), 422
    call = this_call(typed["idempotency_key"], typed["reason"])
    change = nominating.Change(candidate_id=candidate_id, reason=typed["reason"], call=call)
    told = nominating.set_aside(change, by=current_person(), deps=deps())
    return _back(told, "Đã để lại đề nghị này, chưa đưa ra Hội đồng.")


def _about_two(
    candidate_id: UUID, doing: Callable[..., dict[str, Any]], message: str
) -> ResponseReturnValue:
    typed = load(OtherFormSchema(), request.form.to_dict())
    change = nominating.Change(
        candidate_id=candidate_id,
        other_id=typed["other_id"],
        call=this_call(typed["idempotency_key"], typed["other_id"]),
    )
    told = doing(change, by=current_person(), deps=deps())
    flash(message, "success")
    here = url_for("candidates.show_duplicates", period_id=told["period_id"])
    return redirect(here, 303)


def _plain(
    candidate_id: UUID, doing: Callable[..., dict[str, Any]], message: str
) -> ResponseReturnValue:
    typed = load(PlainFormSchema(), request.form.to_dict())
    call = this_call(typed["idempotency_key"])
    change = nominating.Change(candidate_id=candidate_id, call=call)
    return _back(doing(change, by=current_person(), deps=deps()), message)


def _back(told: dict[str, Any], message: str) -> ResponseReturnValue:
    flash(message, "success")
    here = url_for("candidates.show_candidates", period_id=told["period_id"])
    return redirect(here, 303)


def _list_page(period_id: UUID, *, errors: dict[str, str]) -> str:
    listed = _listed(period_id)
    award_code, unit_id = request.args.get("award", ""), request.args.get("unit", "")
    nominees = presenting.shown_nominees(listed, award_code=award_code, unit_id=unit_id)
    return render_template(
        "intake/candidates.html",
        listed=listed,
        groups=presenting.by_award(
            nominees, lambda it: it.nomination, on=listed.on, words=listed.words
        ),
        awards=presenting.awards_of(listed),
        units=presenting.units_of(listed),
        chosen_award=award_code,
        chosen_unit=unit_id,
        new_key=_new_key,
        errors=errors,
        typed_reason=visible(request.form.get("reason", "")),
    )


def _findings_page(period_id: UUID, *, errors: dict[str, str]) -> str:
    listed = _listed(period_id)
    key = request.form.get("key", "")
    places = {it.key: place for place, it in enumerate(listed.findings)}
    place = places.get(key)
    return render_template(
        "intake/findings.html",
        listed=listed,
        new_key=_new_key,
        errors={
            f"reason-{place}" if name == "reason" and place is not None else name: detail
            for name, detail in errors.items()
        },
        typed_place=place,
        typed_reason=visible(request.form.get("reason", "")),
    )


def _listed(period_id: UUID) -> nominating.CandidateList:
    return nominating.show_candidates(
        period_id, office_id=current_person().office_id, deps=deps(), on=_day()
    )


def _day() -> date | None:
    typed = request.values.get("on", "")
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        return None


def _new_key() -> str:
    return uuid4().hex
