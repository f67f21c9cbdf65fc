import hashlib
import zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from uuid import UUID

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from docx import Document
from pypdf import PdfReader, PdfWriter

from kernel.celery import create_celery
from kernel.contracts.tasks import Task
from kernel.errors import Conflict, InvalidInput, NotFound
from ooxml.text import plain_text
from services.assembler import tasks
from services.assembler.domain.batches import (
    KEPT_FOR,
    LOST_ITEM,
    ItemState,
    ItemWork,
    Outcome,
)
from services.assembler.domain.jobs import Claim, JobState, LostClaim
from services.assembler.domain.template_versions import Publication
from services.assembler.persistence.batch_work import BatchWork
from services.assembler.persistence.queue import JobQueue
from services.assembler.persistence.template_versions import NewTemplateVersion, TemplateVersions
from services.assembler.rendering.pdf.converter import ConversionFailed, Pdf
from services.assembler.use_cases.printing import print_batch, request_print
from services.assembler.use_cases.reconciling import reconcile
from services.assembler.use_cases.requesting_batches import retry_batch
from services.assembler.use_cases.viewing_batches import (
    PAGE,
    item_file,
    list_items,
    merged_file,
    pdf_file,
    view_batch,
    zip_file,
)
from services.assembler.use_cases.watching import view_job
from tests.builders.assembler import CLERK, NEIGHBOUR, OFFICE, FakeIntake, away
from tests.builders.batches import (
    BRITTLE,
    CERTIFICATE,
    NUISANCE,
    SOUND,
    a_batch,
    a_certificate_template,
    a_dossier_of,
    a_library,
    decisions,
    made,
    people,
    printed_whole,
    seen,
)


@pytest.fixture
def templates(tmp_path):
    return a_library(tmp_path / "templates")


@pytest.fixture
def deps(deps, templates):
    intake = FakeIntake(a_dossier_of(*people(45)))
    return replace(deps, templates=templates, intake=intake)


def brittle(deps, tmp_path):
    return replace(
        deps,
        templates=a_library(tmp_path / "brittle", BRITTLE),
        intake=FakeIntake(a_dossier_of("An Một", NUISANCE, "Bình Hai")),
    )


def states(view):
    return Counter(item.state for item in view.page.items)


def contents(batch, deps):
    return {
        item.position: item_file(batch.job.id, item.position, office_id=OFFICE, deps=deps).content
        for item in seen(batch, deps).page.items
        if item.state is ItemState.DONE
    }


def put_in_force(deps, text):
    """Put a template in force that the checks of the workshop have passed."""
    data = a_certificate_template(text)
    new = NewTemplateVersion(
        kind=CERTIFICATE,
        file_name="mẫu.docx",
        sha256=hashlib.sha256(data).hexdigest(),
        docx=data,
        uploaded_by=CLERK,
        uploaded_at=deps.now(),
        findings=(),
    )
    with deps.database.begin() as session:
        kept = TemplateVersions(session, office_id=OFFICE)
        version = kept.add_once(new)
        entry = Publication(version_id=version.id, published_by=CLERK, published_at=deps.now())
        kept.publish(CERTIFICATE, entry)
    return version


def test_a_batch_makes_one_document_for_each_awardee_in_the_order_of_the_list(deps):
    batch = a_batch(deps)
    assert batch.tally.told() == "45 chưa làm"

    view = made(batch, deps)

    assert view.batch.job.state is JobState.DONE
    assert (view.batch.job.progress, view.batch.tally.told()) == (100, "45 xong")
    assert [item.label.split(",")[0] for item in view.page.items] == people(45)
    documents = contents(batch, deps)
    assert [plain_text(documents[n]).strip() for n in (1, 45)] == [
        f"{people(45)[n]}, theo Quyết định số 12/QĐ-UBND" for n in (0, 44)
    ]
    assert {it.position: it.sha256 for it in view.page.items} == {
        n: hashlib.sha256(docx).hexdigest() for n, docx in documents.items()
    }


def test_the_same_key_gives_the_same_batch_and_another_content_is_refused(deps):
    first = a_batch(deps, key="one-key-of-a-form")

    assert a_batch(deps, key="one-key-of-a-form").job.id == first.job.id
    with pytest.raises(Conflict):
        a_batch(deps, key="one-key-of-a-form", decision_number="13/QĐ-UBND")
    assert deps.messenger.woken == [first.job.id]
    assert len(seen(first, deps).page.items) == 45


def test_the_same_key_sent_many_times_at_once_makes_one_batch(deps):
    with ThreadPoolExecutor(6) as pool:
        asked = list(pool.map(lambda _: a_batch(deps, key="one-key-of-a-form"), range(6)))

    assert len({batch.job.id for batch in asked}) == 1
    assert len(seen(asked[0], deps).page.items) == 45


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"kind": "no_such_kind"}, "#/kind"),
        ({"kind": "../etc"}, "#/kind"),
        ({"kind": "summary_report"}, "#/kind"),
        ({"on": date(2001, 1, 1)}, "#/kind"),
    ],
)
def test_what_cannot_be_made_is_refused_with_its_field_and_leaves_no_trace(deps, changes, pointer):
    with pytest.raises(InvalidInput) as refused:
        a_batch(deps, **changes)

    assert [error.pointer for error in refused.value.errors] == [pointer]
    assert deps.messenger.woken == []


def test_a_period_without_awardees_is_refused(deps):
    deps = replace(deps, intake=FakeIntake(a_dossier_of()))

    with pytest.raises(InvalidInput, match="chưa có ai"):
        a_batch(deps)
    with pytest.raises(InvalidInput, match="thuộc thẩm quyền"):
        decisions(deps)


def test_an_item_that_cannot_be_made_fails_alone_with_its_reason(deps, tmp_path):
    deps = brittle(deps, tmp_path)

    view = made(a_batch(deps), deps)

    assert view.batch.job.state is JobState.DONE
    assert view.batch.tally.told() == "2 xong, 1 lỗi"
    (failed,) = view.failed
    assert failed.label.startswith(NUISANCE)
    assert "awardee.nothing" in failed.reason
    assert failed.sha256 == ""


def test_after_the_template_is_mended_the_failed_item_is_made_and_all_are_of_one_template(
    deps, tmp_path
):
    deps = brittle(deps, tmp_path)
    batch = a_batch(deps)
    made(batch, deps)
    mended = put_in_force(deps, SOUND + ".")

    retry_batch(batch.job.id, office_id=OFFICE, idempotency_key="retry-key", deps=deps)
    assert seen(batch, deps).batch.job.state is JobState.QUEUED
    view = made(batch, deps)

    assert view.batch.tally.told() == "3 xong"
    assert {item.template_sha256 for item in view.page.items} == {mended.sha256}
    assert all(plain_text(it).strip().endswith(".") for it in contents(batch, deps).values())


def test_a_retry_with_the_same_template_makes_only_what_failed(deps, tmp_path):
    deps = brittle(deps, tmp_path)
    batch = a_batch(deps)
    before = {item.position: item.sha256 for item in made(batch, deps).page.items}

    retry_batch(batch.job.id, office_id=OFFICE, idempotency_key="retry-key", deps=deps)
    waiting = seen(batch, deps)
    view = made(batch, deps)

    assert states(waiting) == {ItemState.DONE: 2, ItemState.QUEUED: 1}
    assert {item.position: item.sha256 for item in view.page.items} == before
    assert deps.intake.frozen == 1


def test_a_retry_is_asked_for_once_and_never_of_a_batch_that_is_done(deps, tmp_path):
    whole = a_batch(deps)
    made(whole, deps)
    with pytest.raises(Conflict):
        retry_batch(whole.job.id, office_id=OFFICE, idempotency_key="retry-key", deps=deps)

    deps = brittle(deps, tmp_path)
    batch = a_batch(deps)
    made(batch, deps)
    for _ in range(3):
        retry_batch(batch.job.id, office_id=OFFICE, idempotency_key="retry-key", deps=deps)
    made(batch, deps)
    again = retry_batch(batch.job.id, office_id=OFFICE, idempotency_key="retry-key", deps=deps)

    assert again.job.state is JobState.DONE
    assert deps.messenger.woken.count(batch.job.id) == 2


def test_a_template_that_is_replaced_does_not_change_a_batch_under_way(deps):
    batch = a_batch(deps)
    pinned = seen(batch, deps).page.items[0].template_sha256
    put_in_force(deps, "mẫu mới: {{ awardee.name }}")

    view = made(batch, deps)

    assert {item.template_sha256 for item in view.page.items} == {pinned}
    assert not any("mẫu mới" in plain_text(it) for it in contents(batch, deps).values())


def test_a_shipped_template_that_an_upgrade_replaced_fails_the_items_until_the_retry(
    deps, tmp_path
):
    batch = a_batch(deps)
    deps = replace(deps, templates=a_library(tmp_path / "upgraded", "mới: {{ awardee.name }}"))

    failed = made(batch, deps)
    retry_batch(batch.job.id, office_id=OFFICE, idempotency_key="retry-key", deps=deps)
    view = made(batch, deps)

    assert failed.batch.tally.told() == "45 lỗi"
    assert "bấm thử lại" in failed.failed[0].reason
    assert view.batch.tally.told() == "45 xong"
    assert view.batch.job.findings == ()


def test_a_batch_that_is_too_large_is_refused(deps):
    deps = replace(deps, intake=FakeIntake(a_dossier_of(*people(2_001))))

    with pytest.raises(InvalidInput, match="quá giới hạn 2000 mục"):
        a_batch(deps)


def test_somebody_who_is_not_in_the_dossier_gets_no_document(deps):
    batch = a_batch(deps)
    deps.intake.held = a_dossier_of(*people(44))

    view = made(batch, deps)

    assert view.batch.tally.told() == "44 xong, 1 lỗi"
    assert "Không tìm thấy người được khen" in view.failed[0].reason


def test_a_turn_that_is_over_gives_way_and_goes_on_later_without_counting_as_an_attempt(deps):
    deps = replace(deps, patience=replace(deps.patience, turn=timedelta(seconds=2)))
    batch = a_batch(deps)
    deps.intake.dossier = ticking(deps, deps.intake.dossier)

    turns = 0
    while not (view := made(batch, deps)).batch.job.is_finished:
        turns += 1
        assert view.batch.job.state is JobState.QUEUED
        assert view.batch.job.attempt == 0
        assert view.batch.job.step == f"Đã làm {view.batch.tally.ended}/45"
        assert deps.messenger.woken.count(batch.job.id) == turns + 1
        assert turns < 50

    assert turns > 1
    assert view.batch.tally.told() == "45 xong"
    assert view.batch.job.attempt == 1


def ticking(deps, wrapped):
    """Let a second pass whenever somebody looks at the clock from now on."""
    clock = deps.now

    class Ticking(type(clock)):
        def __call__(self):
            self.pass_seconds(0.5)
            return super().__call__()

    clock.__class__ = Ticking
    return wrapped


def test_what_a_lost_worker_had_made_is_kept_and_nothing_is_made_twice(deps):
    batch = a_batch(deps)
    with deps.database.begin() as session:
        job = JobQueue(session).claim(
            batch.job.id, worker="lost", now=deps.now(), patience=deps.patience
        )
    assert job is not None
    first = begin_and_lose(deps, batch, worker="lost", making=20)
    deps.now.pass_seconds(151)

    view = made(batch, deps, worker="another")

    assert view.batch.tally.told() == "45 xong"
    kept = {item.position: item.sha256 for item in view.page.items[:20]}
    assert kept == first
    assert view.batch.job.attempt == 2


def begin_and_lose(deps, batch, *, worker, making):
    """Make a slice and begin another, as a worker does that is then killed."""
    claim = Claim(job_id=batch.job.id, worker=worker, attempt=1)
    with deps.database.begin() as session:
        taken = BatchWork(session, claim).take(now=deps.now())
    assert len(taken) == making
    outcomes = [Outcome(position=it.position, docx=f"bản {it.position}".encode()) for it in taken]
    with deps.database.begin() as session:
        BatchWork(session, claim).keep(outcomes, now=deps.now())
    with deps.database.begin() as session:
        BatchWork(session, claim).take(now=deps.now())
    return {it.position: it.sha256 for it in outcomes}


def test_a_lost_worker_that_wakes_up_can_keep_nothing(deps):
    batch = a_batch(deps)
    with deps.database.begin() as session:
        JobQueue(session).claim(batch.job.id, worker="lost", now=deps.now(), patience=deps.patience)
    deps.now.pass_seconds(151)
    view = made(batch, deps, worker="another")

    late = Claim(job_id=batch.job.id, worker="lost", attempt=1)
    with pytest.raises(LostClaim), deps.database.begin() as session:
        BatchWork(session, late).keep([Outcome(position=1, reason="x")], now=deps.now())
    with pytest.raises(LostClaim), deps.database.begin() as session:
        BatchWork(session, late).take(now=deps.now())

    assert seen(batch, deps).page.items == view.page.items


def test_an_item_that_stops_its_worker_again_and_again_is_given_up_alone(deps):
    deps = replace(deps, intake=FakeIntake(a_dossier_of(*people(4))))
    batch = a_batch(deps)
    taken = []
    while True:
        with deps.database.begin() as session:
            job = JobQueue(session).claim(
                batch.job.id, worker="w", now=deps.now(), patience=deps.patience
            )
        claim = Claim(job_id=batch.job.id, worker="w", attempt=job.attempt)
        # Item 2 kills the worker; what comes before it in the slice is lost with it.
        while True:
            with deps.database.begin() as session:
                items = BatchWork(session, claim).take(now=deps.now())
            taken.append([item.position for item in items])
            if not items or 2 in taken[-1]:
                break
            with deps.database.begin() as session:
                done = [Outcome(position=item.position, docx=b"x") for item in items]
                BatchWork(session, claim).keep(done, now=deps.now())
        if not items:
            break
        deps.now.pass_seconds(151)

    assert taken == [[1, 2, 3, 4], [1], [2], [2], [3], [4], []]
    view = seen(batch, deps)
    assert [(it.position, it.reason) for it in view.failed] == [(2, LOST_ITEM)]
    assert view.batch.tally.told() == "3 xong, 1 lỗi"


@pytest.mark.parametrize("stops", [RuntimeError("nobody foresaw"), SoftTimeLimitExceeded()])
def test_items_that_stop_every_worker_do_not_take_the_others_with_them(deps, stops):
    names = people(6)
    deps = replace(deps, intake=FakeIntake(a_dossier_of(*names)))
    batch = a_batch(deps)
    deps = replace(deps, renderer=Stopping({names[1], names[2], names[4]}, stops))
    celery = create_celery("test", broker_url="memory://")
    tasks.register(celery, deps=lambda: deps)

    for _ in range(30):
        celery.tasks[Task.BATCH.value].apply(args=[str(batch.job.id)])
        deps.now.pass_seconds(3_600)
        if seen(batch, deps).batch.job.is_finished:
            break

    view = seen(batch, deps)
    assert view.batch.job.state is JobState.DONE
    assert [(it.position, it.reason) for it in view.failed] == [(n, LOST_ITEM) for n in (2, 3, 5)]
    assert view.batch.tally.told() == "3 xong, 3 lỗi"


class Stopping:
    """Renders, but for some people it stops the worker."""

    def __init__(self, names, error):
        self._names, self._error = names, error

    def render(self, template, context):
        if context["awardee"]["name"] in self._names:
            raise self._error
        return b"made"


def test_batches_of_another_office_are_not_found(deps, tmp_path):
    deps = brittle(deps, tmp_path)
    batch = a_batch(deps)
    made(batch, deps)
    asked = {"office_id": NEIGHBOUR, "deps": deps}

    for look in (view_batch, zip_file, merged_file, pdf_file):
        with pytest.raises(NotFound):
            look(batch.job.id, **asked)
    with pytest.raises(NotFound):
        list_items(batch.job.id, after=0, **asked)
    with pytest.raises(NotFound):
        item_file(batch.job.id, 1, **asked)
    for act in (retry_batch, request_print):
        with pytest.raises(NotFound):
            act(batch.job.id, idempotency_key="a-good-key", **asked)
    assert seen(batch, deps).batch.tally.failed == 1


def test_items_are_listed_by_pages(deps):
    deps = replace(deps, intake=FakeIntake(a_dossier_of(*people(PAGE + 3))))
    batch = a_batch(deps)

    first = list_items(batch.job.id, office_id=OFFICE, after=0, deps=deps)
    second = list_items(batch.job.id, office_id=OFFICE, after=first.next_after, deps=deps)

    positions = [item.position for item in (*first.items, *second.items)]
    assert positions == list(range(1, PAGE + 4))
    assert (len(first.items), second.next_after) == (PAGE, None)


def taken(file):
    with file.content as stream:
        return stream.read()


def test_the_zip_holds_every_document_once_and_is_the_same_every_time(deps):
    batch = a_batch(deps)
    made(batch, deps)

    files = [zip_file(batch.job.id, office_id=OFFICE, deps=deps) for _ in range(2)]
    first, second = [taken(file) for file in files]

    assert first == second
    assert files[0].name == "Giấy khen hàng loạt 12-QĐ-UBND.zip"
    with zipfile.ZipFile(BytesIO(first)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        inside = {int(name[:3]): archive.read(name) for name in names}
    assert names[0] == "001-nguyen-van-so-0001-hoi-vien-xom-so-1.docx"
    assert names == sorted(names)
    assert inside == contents(batch, deps)


def test_the_one_word_file_holds_every_page_in_order(deps):
    batch = a_batch(deps)
    made(batch, deps)

    file = merged_file(batch.job.id, office_id=OFFICE, deps=deps)

    document = Document(BytesIO(file.content))
    assert file.name == "Giấy khen hàng loạt 12-QĐ-UBND.docx"
    assert [it.text.split(",")[0] for it in document.paragraphs] == people(45)
    assert len(document.sections) == 45


def test_what_is_not_made_cannot_be_taken(deps):
    batch = a_batch(deps)

    for take in (zip_file, merged_file, pdf_file):
        with pytest.raises(Conflict):
            take(batch.job.id, office_id=OFFICE, deps=deps)
    with pytest.raises(Conflict):
        item_file(batch.job.id, 1, office_id=OFFICE, deps=deps)
    with pytest.raises(NotFound):
        item_file(batch.job.id, 46, office_id=OFFICE, deps=deps)


def test_one_pdf_is_made_of_all_by_a_job_of_its_own(deps):
    deps = replace(deps, intake=FakeIntake(a_dossier_of(*people(60))), converter=Copier())
    batch = a_batch(deps)
    made(batch, deps)

    printed = request_print(batch.job.id, office_id=OFFICE, idempotency_key="a-key", deps=deps)
    again = request_print(batch.job.id, office_id=OFFICE, idempotency_key="a-key", deps=deps)
    calls = deps.messenger.woken.count(printed.id)
    printed_whole(printed, deps)

    view = seen(batch, deps)
    assert again.id == printed.id
    assert calls == 1
    assert view.printed.state is JobState.DONE
    assert (view.pdf.pages, view.pdf.is_quick_view) == (60, False)
    assert [len(Document(BytesIO(it)).sections) for it in deps.converter.seen] == [25, 25, 10]
    pdf = pdf_file(batch.job.id, office_id=OFFICE, deps=deps)
    assert len(PdfReader(BytesIO(pdf.content)).pages) == 60


class Copier:
    """A converter that makes one blank page for each section."""

    def __init__(self):
        self.seen, self.failure, self.before = [], None, lambda: None

    def convert(self, docx):
        self.before()
        if self.failure:
            raise self.failure
        self.seen.append(docx)
        writer, written = PdfWriter(), BytesIO()
        pages = len(Document(BytesIO(docx)).sections)
        for _ in range(pages):
            writer.add_blank_page(200, 100)
        writer.write(written)
        return Pdf(written.getvalue(), pages, "LibreOffice 7.4", is_quick_view=False)


def test_a_pdf_that_fails_is_told_and_made_by_a_retry_which_keeps_what_was_done(deps):
    deps = replace(deps, intake=FakeIntake(a_dossier_of(*people(40))), converter=Copier())
    batch = a_batch(deps)
    made(batch, deps)
    printed = request_print(batch.job.id, office_id=OFFICE, idempotency_key="key-1", deps=deps)
    deps.converter.before = lambda: fail_after_first(deps.converter)
    printed_whole(printed, deps)
    failed = seen(batch, deps)

    deps.converter.before, deps.converter.failure = lambda: None, None
    request_print(batch.job.id, office_id=OFFICE, idempotency_key="key-2", deps=deps)
    printed_whole(printed, deps)

    assert (failed.printed.state, failed.printed.reason) == (JobState.FAILED, "hỏng")
    assert failed.pdf is None
    assert [len(Document(BytesIO(it)).sections) for it in deps.converter.seen] == [25, 15]
    assert seen(batch, deps).pdf.pages == 40


def fail_after_first(converter):
    if converter.seen:
        converter.failure = ConversionFailed("hỏng")


def test_a_print_gives_way_after_each_part_without_counting_it_as_an_attempt(deps):
    deps = replace(deps, intake=FakeIntake(a_dossier_of(*people(40))), converter=Copier())
    batch = a_batch(deps)
    made(batch, deps)
    printed = request_print(batch.job.id, office_id=OFFICE, idempotency_key="key-1", deps=deps)

    print_batch(printed.id, worker="w", deps=deps)
    waiting = seen(batch, deps).printed
    ended = printed_whole(printed, deps)

    assert (waiting.state, waiting.attempt) == (JobState.QUEUED, 0)
    assert (ended.state, ended.attempt, len(deps.converter.seen)) == (JobState.DONE, 1, 2)
    assert deps.messenger.woken.count(printed.id) == 3
    assert seen(batch, deps).pdf.pages == 40


def test_a_print_whose_worker_was_lost_after_the_last_part_converts_nothing_again(deps):
    deps = replace(deps, converter=Copier())
    batch = a_batch(deps)
    made(batch, deps)
    printed = request_print(batch.job.id, office_id=OFFICE, idempotency_key="key-1", deps=deps)
    for _ in range(2):
        print_batch(printed.id, worker="w", deps=deps)
    with deps.database.begin() as session:
        JobQueue(session).claim(printed.id, worker="lost", now=deps.now(), patience=deps.patience)
    deps.now.pass_seconds(151)

    ended = printed_whole(printed, deps)

    assert (ended.state, ended.attempt, len(deps.converter.seen)) == (JobState.DONE, 2, 2)


def test_documents_made_again_are_printed_again(deps, tmp_path):
    deps = replace(brittle(deps, tmp_path), converter=Copier())
    batch = a_batch(deps)
    made(batch, deps)
    first = request_print(batch.job.id, office_id=OFFICE, idempotency_key="key-1", deps=deps)
    put_in_force(deps, SOUND)
    retry_batch(batch.job.id, office_id=OFFICE, idempotency_key="retry-key", deps=deps)
    with pytest.raises(Conflict):
        request_print(batch.job.id, office_id=OFFICE, idempotency_key="key-2", deps=deps)
    made(batch, deps)

    print_batch(first.id, worker="w", deps=deps)
    second = request_print(batch.job.id, office_id=OFFICE, idempotency_key="key-3", deps=deps)
    print_batch(second.id, worker="w", deps=deps)

    assert view_job(first.id, office_id=OFFICE, deps=deps).state is JobState.FAILED
    assert second.id != first.id
    assert seen(batch, deps).pdf.pages == 3


def test_a_print_whose_items_are_made_again_meanwhile_does_not_mix_them(deps, tmp_path):
    names = [*people(40), NUISANCE]
    templates = a_library(tmp_path / "brittle", BRITTLE)
    intake = FakeIntake(a_dossier_of(*names))
    deps = replace(deps, templates=templates, intake=intake, converter=Copier())
    batch = a_batch(deps)
    made(batch, deps)
    printed = request_print(batch.job.id, office_id=OFFICE, idempotency_key="key-1", deps=deps)
    put_in_force(deps, SOUND)
    deps.converter.before = lambda: retry_batch(
        batch.job.id, office_id=OFFICE, idempotency_key="retry-key", deps=deps
    )

    ended = printed_whole(printed, deps)

    assert (ended.state, len(deps.converter.seen)) == (JobState.FAILED, 1)
    assert "đã thay đổi" in ended.reason


BOTH = ("commune_commendation", "cultural_family")


def test_each_award_that_the_commune_decides_gets_a_draft_of_its_own(deps):
    dossier = a_dossier_of("An Một", awards=(*BOTH, "provincial_certificate_of_merit"))
    deps = replace(deps, intake=FakeIntake(dossier))

    view = made(decisions(deps), deps)

    done, failed = view.page.items[1], view.page.items[0]
    assert [item.key for item in view.page.items] == ["cultural_family", "commune_commendation"]
    assert (failed.state, failed.kind) == (ItemState.FAILED, "")
    assert "Chưa có mẫu quyết định" in failed.reason
    assert view.batch.tally.told() == "1 xong, 1 lỗi"
    ((key, (deposit, docx)),) = deps.archive.drafts.items()
    assert done.place.sha256 == deposit.sha256 == hashlib.sha256(docx).hexdigest()
    assert deposit.document_key == f"{dossier.content.period.code}:commendation_decision"
    assert key == a_work_of(done).deposit_key(view.batch.job.id)


def a_work_of(item):
    return ItemWork(
        position=item.position,
        key=item.key,
        kind=item.kind,
        template_sha256=item.template_sha256,
        attempt=0,
    )


def test_a_decision_deposited_twice_has_the_same_key_and_the_same_bytes(deps):
    deps = replace(deps, intake=FakeIntake(a_dossier_of("An Một")))
    batch = decisions(deps)
    deps.archive.before_answering = lambda: lose_after(deps)

    made(batch, deps)  # deposited, then the archive is away before the answer is kept
    waiting = seen(batch, deps)
    deps.archive.failure, deps.archive.before_answering = None, lambda: None
    deps.now.pass_seconds(60)
    view = made(batch, deps)

    assert waiting.batch.job.state is JobState.QUEUED
    assert waiting.page.items[0].state is ItemState.QUEUED
    assert waiting.page.items[0].attempt == 0
    assert view.batch.tally.told() == "1 xong"
    assert len(deps.archive.drafts) == 1


def lose_after(deps):
    deps.archive.failure = away()


def test_a_decision_that_the_archive_refuses_fails_alone_and_is_made_by_a_retry(deps):
    deps = replace(deps, intake=FakeIntake(a_dossier_of("An Một")))
    batch = decisions(deps)
    deps.archive.failure = Conflict("Văn bản đã ban hành số 07; không nhận thêm bản mới.")
    refused = made(batch, deps)

    deps.archive.failure = None
    retry_batch(batch.job.id, office_id=OFFICE, idempotency_key="retry-key", deps=deps)
    view = made(batch, deps)

    assert refused.batch.job.state is JobState.DONE
    assert "đã ban hành số 07" in refused.page.items[0].reason
    assert view.batch.tally.told() == "1 xong"


def test_decisions_that_only_lack_a_template_cannot_be_asked_for_again(deps):
    deps = replace(deps, intake=FakeIntake(a_dossier_of("An Một", awards=("cultural_family",))))
    batch = decisions(deps)
    made(batch, deps)

    with pytest.raises(Conflict, match="chưa có mẫu"):
        retry_batch(batch.job.id, office_id=OFFICE, idempotency_key="retry-key", deps=deps)

    assert seen(batch, deps).batch.job.state is JobState.DONE


def test_decisions_are_no_one_file(deps):
    deps = replace(deps, intake=FakeIntake(a_dossier_of("An Một")))
    batch = decisions(deps)
    made(batch, deps)

    with pytest.raises(Conflict):
        merged_file(batch.job.id, office_id=OFFICE, deps=deps)
    with pytest.raises(Conflict):
        request_print(batch.job.id, office_id=OFFICE, idempotency_key="a-key", deps=deps)
    content = taken(zip_file(batch.job.id, office_id=OFFICE, deps=deps))
    assert len(zipfile.ZipFile(BytesIO(content)).namelist()) == 1


def test_working_copies_are_forgotten_after_some_time_and_the_page_says_so(deps):
    deps = replace(deps, converter=Copier())
    batch = a_batch(deps)
    made(batch, deps)
    printed = request_print(batch.job.id, office_id=OFFICE, idempotency_key="a-key", deps=deps)
    printed_whole(printed, deps)
    reconcile(deps=deps)
    kept = seen(batch, deps)

    deps.now.pass_seconds(KEPT_FOR.total_seconds() + 1)
    forgotten = reconcile(deps=deps).forgotten

    assert (kept.is_kept, kept.pdf.pages) == (True, 45)
    assert forgotten == 46
    view = seen(batch, deps)
    assert (view.is_kept, view.pdf) == (False, None)
    assert view.batch.tally.told() == "45 xong"
    for take in (zip_file, merged_file):
        with pytest.raises(Conflict, match="30 ngày"):
            take(batch.job.id, office_id=OFFICE, deps=deps)


def test_a_pdf_is_kept_for_as_long_as_the_documents_that_it_shows(deps, tmp_path):
    deps = replace(brittle(deps, tmp_path), converter=Copier())
    batch = a_batch(deps)
    made(batch, deps)
    office = {"office_id": OFFICE, "deps": deps}
    printed_whole(request_print(batch.job.id, idempotency_key="p", **office), deps)
    deps.now.pass_seconds(20 * 24 * 3_600)
    retry_batch(batch.job.id, idempotency_key="again", **office)
    made(batch, deps)  # the same documents: the item that failed fails again

    deps.now.pass_seconds(11 * 24 * 3_600)
    reconcile(deps=deps, is_forced=True)
    assert seen(batch, deps).is_kept
    assert pdf_file(batch.job.id, **office).content

    deps.now.pass_seconds(20 * 24 * 3_600)
    reconcile(deps=deps, is_forced=True)
    assert not seen(batch, deps).is_kept
    with pytest.raises(Conflict):
        pdf_file(batch.job.id, **office)


def test_no_name_is_in_what_the_queue_is_told(deps):
    a_batch(deps)

    assert all(isinstance(told, UUID) for told in deps.messenger.woken)
