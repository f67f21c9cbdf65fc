"""Two officers, or one in two windows: parts do not meet, and of one part both texts are kept."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernel.auth.principal import Role
from kernel.errors import Failure
from services.intake.domain.content import ReportContent
from services.intake.domain.forms import Part
from services.intake.domain.receipts import Call
from services.intake.use_cases.drafting import SavePart, save_part
from services.intake.use_cases.opening import open_report
from services.intake.use_cases.reading import read_submission
from services.intake.use_cases.reporting import SubmitSaved, submit_saved
from services.intake.use_cases.reviewing import Review, accept_report, return_report
from services.intake.use_cases.setting_aside import list_set_asides, show_set_aside
from tests.builders.intake import Api, a_part_form
from tests.support.fields import value_of as _value


@pytest.fixture
def path(world):
    return f"{world.period}/report/parts"


@pytest.fixture
def first(world):
    return world.client(world.officer())


@pytest.fixture
def second(world):
    return world.client(world.colleague())


def _limitations(*texts, version="0", **more):
    rows = {f"limitations-{place}": text for place, text in enumerate(texts)}
    return {"action": "save", "version": version, **rows, **more}


def _conflict(first, second, path):
    """Let both save the same part; return the page of both texts, as the second one sees it."""
    first.post(f"{path}/limitations", _limitations("chung", "của người thứ nhất"))
    told = second.post(f"{path}/limitations", _limitations("chung", "của người thứ hai"))
    assert told.status_code == 303
    return second.get(told.location), told.location


def _choose(browser, page, place, choice, **rows):
    form = {name: _value(page, name) for name in ("version", "idempotency_key")}
    return browser.post(place, {**form, "choice": choice, **rows})


def _stored(world, path):
    page = world.client(world.officer()).get(f"{path}/limitations")
    found = BeautifulSoup(page.text, "html.parser").select("[data-rows] textarea")
    return [field.text.strip() for field in found]


def test_two_officers_on_different_parts_do_not_meet(world, first, second, path):
    saved = first.post(f"{path}/limitations", a_part_form("limitations"))
    also = second.post(f"{path}/directions", a_part_form("directions"))

    assert (saved.status_code, also.status_code) == (303, 303)
    report = open_report(world.office.period_id, by=world.officer(), deps=world.deps)
    assert report.content.limitations == ("Tuyên truyền chưa thường xuyên",)
    assert report.content.directions == ("Đẩy mạnh phong trào",)


def test_the_later_one_is_told_at_once_and_sees_both(first, second, path):
    page, _ = _conflict(first, second, path)

    for text in ("của người thứ nhất", "của người thứ hai", "Cả hai bản đều được giữ"):
        assert text in page.text
    assert "giống nhau" in page.text
    tasks = second.get(path.removesuffix("/parts"))
    assert "Phần Hạn chế, khuyết điểm có hai bản" in tasks.text
    assert "có hai bản" in first.get(f"{path.removesuffix('/parts')}/check").text


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ("mine", ["chung", "của người thứ hai"]),
        ("theirs", ["chung", "của người thứ nhất"]),
        ("both", ["chung", "của người thứ nhất", "của người thứ hai"]),
    ],
)
def test_either_text_or_the_rows_of_both_are_taken(world, first, second, path, choice, kept):
    page, place = _conflict(first, second, path)
    done = _choose(second, page, place, choice)

    assert done.status_code == 303
    assert _stored(world, path) == kept
    assert "có hai bản" not in second.get(path.removesuffix("/parts")).text


def test_rows_are_chosen_one_by_one(world, first, second, path):
    page, place = _conflict(first, second, path)
    _choose(second, page, place, "both", **{"row-1": "neither", "row-2": "mine"})

    assert _stored(world, path) == ["chung", "của người thứ hai"]


def test_both_are_put_together_by_hand(world, first, second, path):
    page, place = _conflict(first, second, path)
    form = _choose(second, page, place, "by_hand")

    assert _value(form, "limitations-2") == "của người thứ hai"
    saved = second.post(
        f"{path}/limitations",
        _limitations("ghép lại", version=_value(form, "version"), settles=_value(form, "settles")),
    )
    assert saved.status_code == 303
    assert _stored(world, path) == ["ghép lại"]
    assert "Chờ chọn" not in second.get(f"{path.removesuffix('parts')}set-aside").text


@pytest.mark.parametrize("choice", ["mine", "theirs", "both"])
def test_whatever_is_chosen_both_texts_are_still_there(world, first, second, path, choice):
    page, place = _conflict(first, second, path)
    _choose(second, page, place, choice)

    texts = [
        show_set_aside(it.id, by=world.officer(), deps=world.deps).mine.limitations
        for it in list_set_asides(world.office.period_id, by=world.officer(), deps=world.deps)
    ]
    texts.append(tuple(_stored(world, path)))
    assert ("chung", "của người thứ nhất") in texts
    assert ("chung", "của người thứ hai") in texts


def test_what_was_decided_can_be_taken_back_in_another_way(world, first, second, path):
    page, place = _conflict(first, second, path)
    _choose(second, page, place, "theirs")
    again = second.get(place)
    _choose(second, again, place, "mine")

    assert _stored(world, path) == ["chung", "của người thứ hai"]


def test_a_decision_on_a_text_that_changed_meanwhile_is_asked_again(world, first, second, path):
    page, place = _conflict(first, second, path)
    first.post(f"{path}/limitations", _limitations("chung", "sửa thêm", version="1"))
    told = second.get(_choose(second, page, place, "mine").location)

    assert "vừa được thay đổi ở nơi khác" in told.text
    assert "sửa thêm" in told.text
    assert _stored(world, path) == ["chung", "sửa thêm"]


def test_two_windows_of_one_person_do_not_overwrite_each_other_either(world, first, path):
    first.post(f"{path}/limitations", _limitations("cửa sổ một", editor="w1"))
    told = first.post(f"{path}/limitations", _limitations("cửa sổ hai", editor="w2"))
    page = first.get(told.location)
    assert "cửa sổ một" in page.text
    _choose(first, page, told.location, "mine")

    kept = list_set_asides(world.office.period_id, by=world.officer(), deps=world.deps)
    texts = {show_set_aside(it.id, by=world.officer(), deps=world.deps).mine for it in kept}
    assert ReportContent(limitations=("cửa sổ một",)) in texts


def test_the_same_text_twice_is_no_conflict(first, second, path):
    first.post(f"{path}/limitations", _limitations("như nhau"))
    answer = second.post(f"{path}/limitations", _limitations("như nhau"))

    assert answer.location == f"{path}/limitations"


def test_a_whole_report_of_a_program_keeps_what_it_replaces(world, second, path):
    second.post(f"{path}/limitations", _limitations("của đồng nghiệp"))
    Api(world, world.officer()).report(
        action="draft", content={"limitations": ["của chương trình"]}
    )

    kept = list_set_asides(world.office.period_id, by=world.officer(), deps=world.deps)
    texts = [show_set_aside(it.id, by=world.officer(), deps=world.deps).mine for it in kept]
    assert texts == [ReportContent(limitations=("của đồng nghiệp",))]
    assert _stored(world, path) == ["của chương trình"]


def test_nothing_is_handed_in_while_a_part_has_two_texts(world, first, second, path):
    _conflict(first, second, path)
    report = f"{path.removesuffix('/parts')}"
    page = first.get(f"{report}/check")
    assert _value(page, "seen_sha256") is None
    sha256 = open_report(world.office.period_id, by=world.officer(), deps=world.deps).sha256

    form = {"seen_sha256": sha256, "idempotency_key": "k"}
    told = first.get(first.post(f"{report}/submit", form).location)
    assert "có hai bản; hãy chọn trước khi nộp" in told.text


def test_another_sector_reaches_neither_text(world, first, second, path):
    _, place = _conflict(first, second, path)
    stranger = world.client(world.officer("tai-chinh"))
    abroad = world.client(world.person(Role.SECTOR_OFFICER, "van-hoa", at=world.foreign))

    for other in (stranger, abroad):
        assert other.get(place).status_code == 404
        form = {"version": "1", "idempotency_key": "kkkkkkkk", "choice": "mine"}
        assert other.post(place, form).status_code == 404


def test_a_text_is_reached_only_under_its_own_period(first, second, path):
    _, place = _conflict(first, second, path)
    wrong = re.sub(r"/periods/[0-9a-f-]+", f"/periods/{uuid4()}", place)

    assert second.get(wrong).status_code == 404


def _saving(world, by, part, text, seen_version=0):
    command = SavePart(
        period_id=world.office.period_id,
        part=part,
        content=ReportContent(**{part.value: (text,)}),
        seen_version=seen_version,
    )
    return lambda: save_part(command, by=by, deps=world.deps)


def _at_once(*jobs):
    barrier = Barrier(len(jobs))

    def run(job):
        barrier.wait()
        return job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_savings_of_different_parts_at_the_same_moment_all_arrive(world):
    by, other = world.officer(), world.colleague()
    outcomes = _at_once(
        _saving(world, by, Part.LIMITATIONS, "một"),
        _saving(world, other, Part.DIRECTIONS, "hai"),
    )

    assert [it.set_aside_id for it in outcomes] == [None, None]
    content = open_report(world.office.period_id, by=by, deps=world.deps).content
    assert (content.limitations, content.directions) == (("một",), ("hai",))


def test_savings_of_one_part_at_the_same_moment_leave_one_in_the_report_and_the_rest_beside(world):
    people = [world.officer(), world.colleague()]
    jobs = [_saving(world, people[n % 2], Part.LIMITATIONS, f"bản {n}") for n in range(5)]
    outcomes = _at_once(*jobs)

    by = world.officer()
    beside = [it.set_aside_id for it in outcomes if it.set_aside_id]
    assert len(beside) == 4
    texts = {show_set_aside(it, by=by, deps=world.deps).mine.limitations[0] for it in beside}
    report = open_report(world.office.period_id, by=by, deps=world.deps)
    assert texts | set(report.content.limitations) == {f"bản {n}" for n in range(5)}


STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("save"),
            st.integers(0, 1),
            st.sampled_from([Part.LIMITATIONS, Part.DIRECTIONS]),
            st.booleans(),
        ),
        st.tuples(st.sampled_from(["submit", "accept", "give_back"])),
    ),
    min_size=1,
    max_size=14,
)


@settings(
    max_examples=12,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_however_two_officers_and_a_clerk_take_turns_nothing_handed_in_or_typed_is_lost(
    world_again, steps
):
    story = _Story(world_again())
    for number, (kind, *facts) in enumerate(steps):
        try:
            getattr(story, kind)(f"lần {number}", *facts)
        except Failure:
            continue  # refused: then nothing may have changed, which is looked at below

    for round_number, sha256 in story.handed_in.items():
        assert story.read(round_number).receipt.sha256 == sha256
    assert story.typed <= _everything_kept(story.world)


class _Story:
    """Two officers who save, and a clerk, with what must not be lost of it."""

    def __init__(self, world):
        self.world, self.typed, self.handed_in = world, set(), {}
        self._people = [world.officer(), world.colleague()]
        self._versions = [dict.fromkeys(Part, 0), dict.fromkeys(Part, 0)]
        self._standing, self._submission = {}, None

    def save(self, text, who, part, is_fresh):
        report = open_report(self._period, by=self._people[who], deps=self.world.deps)
        if is_fresh:
            self._versions[who][part] = report.part(part).version
        seen = self._versions[who][part]
        saved = _saving(self.world, self._people[who], part, text, seen)()
        self.typed.add((part, text))
        if saved.set_aside_id is None:
            self._versions[who][part] = saved.version
            writer, before = self._standing.get(part, (None, None))
            if writer == who:  # he wrote his own words anew, having them before him
                self.typed.discard((part, before))
            self._standing[part] = (who, text)

    def submit(self, _):
        by, deps = self._people[0], self.world.deps
        report = open_report(self._period, by=by, deps=deps)
        command = SubmitSaved(period_id=self._period, seen_sha256=report.sha256, call=_a_call())
        receipt = submit_saved(command, by=by, deps=deps)
        self._submission, self.handed_in[receipt.round] = receipt.submission_id, receipt.sha256
        self._standing.clear()  # what was handed in stays, whoever writes next

    def accept(self, _):
        self._decide(accept_report)

    def give_back(self, _):
        self._decide(return_report)

    def read(self, round_number):
        by, deps = self.world.clerk(), self.world.deps
        return read_submission(self._submission, by=by, deps=deps, round_number=round_number)

    def _decide(self, decide):
        if self._submission:
            review = Review(submission_id=self._submission, call=_a_call(), reason="Thiếu")
            decide(review, by=self.world.clerk(), deps=self.world.deps)

    @property
    def _period(self):
        return self.world.office.period_id


def _a_call():
    return Call(actor="account:x", key=f"key-{uuid4().hex}", fingerprint="f")


def _everything_kept(world):
    """Return every text of both parts that is in the report, in its rounds, or beside it."""
    by, found = world.officer(), set()
    report = open_report(world.office.period_id, by=by, deps=world.deps)
    contents = [report.content]
    if report.submission_id:
        contents += [
            read_submission(
                report.submission_id, by=by, deps=world.deps, round_number=it.number
            ).content
            for it in read_submission(report.submission_id, by=by, deps=world.deps).rounds
        ]
    contents += [
        show_set_aside(it.id, by=by, deps=world.deps).mine
        for it in list_set_asides(world.office.period_id, by=by, deps=world.deps)
    ]
    for content in contents:
        found |= {(Part.LIMITATIONS, it) for it in content.limitations}
        found |= {(Part.DIRECTIONS, it) for it in content.directions}
    return found
