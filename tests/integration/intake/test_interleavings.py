"""Two officers of one unit and a clerk, in any order and at the same moment: no round is lost.

Hypothesis invents who does what; some steps are done by two people at once, in two threads over two
transactions. After each step everything that must hold is looked up in the database itself.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from threading import Barrier
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from kernel.auth.principal import Person, Role
from kernel.errors import Conflict, NotFound
from services.intake.domain.moves import ACCEPT, REOPEN, RETURN, SUBMIT, State
from services.intake.domain.receipts import Call, Receipt, sha256_of
from services.intake.persistence.documents import content_from
from services.intake.persistence.models import MoveRow, RoundRow, SubmissionRow
from services.intake.persistence.submissions import Submissions
from services.intake.use_cases import opening, reporting, reviewing
from services.intake.use_cases.founding import NewAccount, NewPeriod, create_account, open_period
from services.intake.use_cases.reading import read_submission
from services.intake.use_cases.watching import show_form
from tests.builders.intake import DUE_ON, PASSWORD, a_report

LEGAL = {
    (State.NOT_BEGUN, State.DRAFT),
    *(
        (source, move.target)
        for move in (SUBMIT, ACCEPT, RETURN, REOPEN)
        for source in move.sources
    ),
}


@dataclass
class Officer:
    """What somebody has before him: the form as he opened it last."""

    person: Person
    version: int = 0
    sha256: str = ""


@dataclass
class Told:
    """What people were told: it must be true ever after."""

    submitted: dict[int, str] = field(default_factory=dict)
    accepted: list[Receipt] = field(default_factory=list)


@dataclass
class Desk:
    """The world of all examples; each has a period of its own."""

    world: object
    officers: list[Person]

    def new_period(self):
        world = self.world
        form = show_form(world.office.period_id, office_id=world.office.office_id, deps=world.deps)
        period = NewPeriod(
            office_id=world.office.office_id,
            code=uuid4().hex,
            title="Kỳ",
            year=2023,
            due_on=DUE_ON,
            form=form,
        )
        return open_period(period, deps=world.deps)


@pytest.fixture
def desk(world):
    first = world.officer()
    account_id = create_account(
        NewAccount(
            office_id=world.office.office_id,
            login_name="can-bo-hai",
            display_name="Cán bộ thứ hai",
            password=PASSWORD,
            role=Role.SECTOR_OFFICER,
            unit_code="van-hoa",
        ),
        deps=world.deps,
    )
    second = Person(
        account_id=account_id,
        office_id=first.office_id,
        role=first.role,
        name="Cán bộ thứ hai",
        office_name=first.office_name,
        unit_id=first.unit_id,
    )
    return Desk(world, [first, second])


class Interleaving(RuleBasedStateMachine):
    """One period of one unit, from the moment at which nobody has begun."""

    desk: Desk

    @initialize()
    def begin(self):
        self.deps = self.desk.world.deps
        self.clerk = self.desk.world.clerk()
        self.period = self.desk.new_period()
        self.officers = [Officer(it) for it in self.desk.officers]
        self.told, self.rounds, self.moves = Told(), {}, []

    # ------------------------------------------------------------ what people do

    def opens(self, who):
        def act():
            report = opening.open_report(self.period, by=who.person, deps=self.deps)
            who.version, who.sha256 = report.version, report.sha256

        return act

    def saves(self, who):
        """Save what was typed, over the version that he has before him."""
        content = content_from(a_report(indicators=[], limitations=[uuid4().hex]))
        command = reporting.WriteReport(
            period_id=self.period, content=content, is_final=False, seen_version=who.version
        )

        def act():
            before = self._draft()
            try:
                reporting.write_report(command, by=who.person, deps=self.deps)
            except Conflict:
                return
            # Whoever saves had seen what he replaces: nobody's text is written over blindly.
            assert before is None or before[0] == who.version or self.is_crowded
            who.version += 1

        return act

    def submits_saved(self, who):
        command = reporting.SubmitSaved(
            period_id=self.period, seen_sha256=who.sha256, call=self._call(who.person)
        )
        return lambda: self._hands_in(
            lambda: reporting.submit_saved(command, by=who.person, deps=self.deps)
        )

    def submits(self, who, times):
        """Hand in by a program; a second time under the same key is a double click."""
        content = content_from(a_report(indicators=[], directions=[uuid4().hex]))
        command = reporting.WriteReport(
            period_id=self.period, content=content, is_final=True, call=self._call(who.person)
        )

        def act():
            for _ in range(times):
                self._hands_in(
                    lambda: reporting.write_report(command, by=who.person, deps=self.deps)
                )

        return act

    def reviews(self, decide, seen):
        def act():
            row = self._submission()
            if row is None:
                return
            review = reviewing.Review(
                submission_id=row.id,
                call=self._call(self.clerk),
                seen_round=row.round if seen else None,
                reason="Lý do",
            )
            receipt = decide(review, by=self.clerk, deps=self.deps)
            if receipt.state == State.ACCEPTED:
                self.told.accepted.append(receipt)

        return act

    def accepts_many(self):
        """Accept whatever is waiting in the period, as the clerk does at the end of a day."""

        def act():
            with self.deps.database.read() as session:
                submissions = Submissions(session, office_id=self.clerk.office_id)
                waiting = [
                    it for it in submissions.of_period(self.period) if it.state == "submitted"
                ]
            for row in waiting:
                review = reviewing.Review(
                    submission_id=row.id, call=self._call(self.clerk), seen_round=row.round
                )
                self.told.accepted.append(
                    reviewing.accept_report(review, by=self.clerk, deps=self.deps)
                )

        return act

    # ------------------------------------------------------------ in which order

    ways = st.sampled_from(
        (
            *("opens", "saves", "saves", "submits_saved", "submits", "double_click"),
            *("accepts", "accepts_unseen", "returns", "reopens", "accepts_many"),
        )
    )

    @rule(way=ways, who=st.integers(0, 1))
    def one_acts(self, way, who):
        self.is_crowded = False
        _refusable(self._action(way, who))()

    @rule(ways=st.lists(st.tuples(ways, st.integers(0, 1)), min_size=2, max_size=3))
    def several_act_at_once(self, ways):
        self.is_crowded = True
        actions = [_refusable(self._action(way, who)) for way, who in ways]
        barrier = Barrier(len(actions))

        def run(action):
            barrier.wait()
            action()

        with ThreadPoolExecutor(len(actions)) as pool:
            list(pool.map(run, actions))

    def _action(self, way, who):
        officer = self.officers[who]
        return {
            "opens": lambda: self.opens(officer),
            "saves": lambda: self.saves(officer),
            "submits_saved": lambda: self.submits_saved(officer),
            "submits": lambda: self.submits(officer, times=1),
            "double_click": lambda: self.submits(officer, times=2),
            "accepts": lambda: self.reviews(reviewing.accept_report, seen=True),
            "accepts_unseen": lambda: self.reviews(reviewing.accept_report, seen=False),
            "returns": lambda: self.reviews(reviewing.return_report, seen=True),
            "reopens": lambda: self.reviews(reviewing.reopen_report, seen=True),
            "accepts_many": self.accepts_many,
        }[way]()

    # ------------------------------------------------------------ what must hold

    @invariant()
    def a_round_that_was_handed_in_stays_as_it_was(self):
        now = {}
        for row in self._rounds():
            if row.submitted_at is not None:
                assert row.sha256 == sha256_of(row.content)
                now[row.number] = json.dumps(row.content, sort_keys=True), row.submitted_at
        assert self.rounds.items() <= now.items()
        self.rounds = now

    @invariant()
    def what_was_told_as_handed_in_is_there(self):
        found = {row.number: row.sha256 for row in self._rounds() if row.submitted_at is not None}
        assert self.told.submitted.items() <= found.items()

    @invariant()
    def an_accepted_round_is_never_lost(self):
        row, rounds = self._submission(), {it.number: it for it in self._rounds()}
        accepting = [it for it in self._moves() if it.to_state == State.ACCEPTED]
        for receipt in self.told.accepted:
            assert rounds[receipt.round].sha256 == receipt.sha256
            assert receipt.round in {it.round for it in accepting}
        with self.deps.database.read() as session:
            accepted = Submissions(session, office_id=self.clerk.office_id).accepted(self.period)
        if row is not None and row.state == State.ACCEPTED:
            ((_, round_, _),) = accepted
            assert round_.number == accepting[-1].round == row.round
            assert (round_.state, round_.sha256) == ("accepted", rounds[row.round].sha256)
        else:
            assert accepted == []

    @invariant()
    def moves_are_a_legal_way_and_are_only_added_to(self):
        moves = self._moves()
        ways = [(State(it.from_state), State(it.to_state)) for it in moves]
        assert set(ways) <= LEGAL
        assert all(before[1] is after[0] for before, after in pairwise(ways))
        numbers = [it.number for it in moves]
        assert numbers == sorted(set(numbers))
        told = [(it.number, it.from_state, it.to_state, it.round, it.account_id) for it in moves]
        assert told[: len(self.moves)] == self.moves
        self.moves = told
        row = self._submission()
        if row is not None:
            assert row.state == (ways[-1][1] if ways else State.NOT_BEGUN)

    @invariant()
    def there_is_one_submission_with_one_open_draft_at_most(self):
        rounds = self._rounds()
        assert [it.number for it in rounds] == list(range(1, len(rounds) + 1))
        assert all(it.submitted_at is not None for it in rounds[:-1])

    @invariant()
    def everybody_can_read_what_there_is(self):
        row = self._submission()
        if row is not None and self.rounds:
            shown = read_submission(row.id, by=self.clerk, deps=self.deps)
            assert [it.number for it in shown.rounds] == sorted(self.rounds)

    # ------------------------------------------------------------ looking things up

    def _hands_in(self, hand_in):
        receipt = hand_in()
        assert self.told.submitted.setdefault(receipt.round, receipt.sha256) == receipt.sha256

    def _submission(self):
        with self.deps.database.read() as session:
            return session.scalar(
                select(SubmissionRow).where(SubmissionRow.period_id == self.period)
            )

    def _draft(self):
        row = self._submission()
        return None if row is None else (row.version,)

    def _rounds(self):
        return self._of_submission(RoundRow, RoundRow.number)

    def _moves(self):
        return self._of_submission(MoveRow, MoveRow.number)

    def _of_submission(self, model, order):
        row = self._submission()
        if row is None:
            return []
        with self.deps.database.read() as session:
            return session.scalars(
                select(model).where(model.submission_id == row.id).order_by(order)
            ).all()

    def _call(self, person):
        return Call(actor=f"account:{person.account_id}", key=uuid4().hex, fingerprint="f")


def _refusable(action):
    """Carry out; to be refused is an answer, and to fail otherwise is none."""

    def act():
        with suppress(Conflict, NotFound):
            action()

    return act


def test_no_interleaving_of_two_officers_and_a_clerk_loses_an_accepted_round(desk):
    class Here(Interleaving):
        pass

    Here.desk = desk
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=30,
            stateful_step_count=20,
            deadline=None,
            database=None,
            # Twenty steps are read sooner than a race is made smaller.
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
