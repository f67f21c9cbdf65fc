"""What goes wrong in a year: killed workers, lost messages, second clicks, strangers, odd texts."""

import copy
import io
import json
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pypdf
import pytest

from client import Invalid, NotFound
from ooxml.text import plain_text
from services.assembler.domain.jobs import FETCH_DOSSIER, KEEP_DRAFT, WRITE_DOCUMENT
from tests.support.stack import RunningStack, a_stack

pytestmark = [pytest.mark.e2e, pytest.mark.redis]

# The lease is longer than any job here takes, and far shorter than an office would choose.
IMPATIENCE = {"reconcile_seconds": 1, "republish_seconds": 1, "lease_seconds": 10}
ODD_SECTOR = "thanh-nien"
ODD_RESULTS = (
    "{{ 7*7 }} và {%tr for a in b %}, {% raw %}",
    "<w:p/> & <b>đậm</b> &amp; ]]> “ngoặc”",
    unicodedata.normalize("NFD", "{{ nguyễn }} thị hường ở phú thượng"),
)


@pytest.fixture(scope="module")
def stack():
    """A stack of its own: what is done to it here would disturb the journeys."""
    with a_stack(**IMPATIENCE) as running:
        yield running


@pytest.fixture(scope="module")
def draft(stack: RunningStack):
    """The draft of the report, made from one sector whose results look like code."""
    movements = stack.sample.submission(ODD_SECTOR)["movements"]
    odd = [{**one, "result": text} for one, text in zip(movements, ODD_RESULTS, strict=True)]
    stack.accept(stack.submit(ODD_SECTOR, {"movements": odd}).submission_id)
    return stack.done(stack.ask_for("summary_report").id)


@pytest.fixture(scope="module")
def issued(stack, draft):
    return stack.issue(draft, key="issue-once")


def ordinals(stack, draft):
    versions = stack.document(draft.document_id).document.versions
    return sorted(one.ordinal for one in versions)


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(FETCH_DOSSIER, id="before it has read anything"),
        pytest.param(WRITE_DOCUMENT, id="while it writes"),
        pytest.param(KEEP_DRAFT, id="while the archive keeps the draft"),
    ],
)
def test_a_job_whose_worker_is_killed_in_the_middle_makes_one_version(stack, step):
    kind = "commendation_decision"
    sector = {FETCH_DOSSIER: "y-te", WRITE_DOCUMENT: "phu-nu", KEEP_DRAFT: "ccb"}[step]
    stack.accept(stack.submit(sector).submission_id)
    with stack.resting_worker():
        job = stack.ask_for(kind)

    stack.kill_worker_at(job.id, step)
    done = stack.done(job.id)

    assert done.attempt <= 2
    assert ordinals(stack, done) == list(range(1, done.version + 1))


def test_jobs_that_a_broker_forgot_are_done_all_the_same(stack, draft):
    with stack.resting_worker():
        jobs = [stack.ask_for("commendation_decision") for _ in range(3)]
        stack.forget_messages()

    assert {stack.done(job.id).state for job in jobs} == {"done"}


def test_the_superior_does_not_find_a_draft(stack, draft):
    assert not_found(stack.superior, f"/archive/inbox/{draft.document_id}")
    assert not_found(stack.superior, f"/archive/versions/{draft.version_id}/docx")


def test_the_superior_finds_of_an_issued_document_only_what_was_sent(stack, draft, issued):
    sent, kept = issued.version_id, draft.version_id

    assert plain_text(stack.superior.download(f"/archive/versions/{sent}/docx"))
    assert not_found(stack.superior, f"/archive/versions/{kept}/docx")
    assert not_found(stack.superior, f"/archive/api/v1/versions/{kept}/pdf")


def test_submitting_assembling_and_issuing_twice_under_one_key_happen_once(stack, draft, issued):
    key = str(uuid4())
    receipts = [stack.submit("mttq", key=key) for _ in range(2)]
    jobs = [stack.ask_for("summary_report", key=key).id for _ in range(2)]
    again = stack.issue(draft, key="issue-once")

    assert receipts[0] == receipts[1]
    assert jobs[0] == jobs[1]
    assert again == issued


def test_two_clicks_at_the_same_moment_issue_once(stack):
    stack.accept(stack.submit("nong-dan").submission_id)
    draft = stack.done(stack.ask_for("commendation_decision").id)
    key = str(uuid4())

    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(lambda _: stack.issue(draft, key=key), range(4)))

    assert {receipt.text for receipt in receipts} == {"01/QĐ-UBND"}
    assert ordinals(stack, draft) == list(range(1, draft.version + 2))


def test_odd_texts_are_printed_as_they_were_typed(stack, draft, issued):
    word = plain_text(stack.docx(issued.version_id))
    pdf = stack.pdf(draft.document_id, issued.version_id)
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]

    for typed in ODD_RESULTS:
        composed = unicodedata.normalize("NFC", typed)
        assert composed in word
        assert without_spaces(composed) in without_spaces("".join(pages))


def test_a_control_character_is_refused_at_its_place_in_vietnamese(stack):
    with pytest.raises(Invalid) as refused:
        stack.submit("van-hoa", {"movements": [{"name": "Thể thao", "result": "giải\x07 nhất"}]})

    assert refused.value.problem.status == 422
    assert refused.value.pointers == ("#/content/movements/0/result",)
    assert "ký tự" in refused.value.problem.errors[0].detail


def test_another_sector_does_not_find_a_report(stack, draft):
    found = stack.submission_of(ODD_SECTOR)

    assert not_found(stack.officer("y-te"), f"/intake/api/v1/submissions/{found.id}")
    assert not_found(stack.officer("y-te"), f"/intake/submissions/{found.id}")


def test_another_office_finds_nothing_of_this_one(stack, draft, issued, tmp_path):
    neighbour = found_a_neighbour(stack, tmp_path)

    for path in (
        f"/archive/documents/{draft.document_id}",
        f"/archive/versions/{issued.version_id}/docx",
        f"/archive/api/v1/documents/{draft.document_id}",
        f"/assembler/jobs/{draft.id}",
        f"/assembler/api/v1/jobs/{draft.id}",
        f"/intake/periods/{stack.period_id}",
        f"/intake/submissions/{stack.submission_of(ODD_SECTOR).id}",
    ):
        assert not_found(neighbour, path), path
    assert list(neighbour.archive.documents()) == []


def found_a_neighbour(stack, folder):
    """Found a second commune with a clerk, by the operator's commands; returns the clerk."""
    commune = copy.deepcopy(stack.sample.commune)
    commune["office"]["code"] = "binh-yen"
    file = folder / "binh-yen.json"
    file.write_text(json.dumps(commune), "utf-8")
    login, password = "vanthu@binh-yen", "mat-khau-cua-lang-gieng"
    stack.operate("intake", "load-office", str(file))
    words = ["--office", "binh-yen", "--role", "clerk", "--name", "Văn thư", "--password", password]
    stack.operate("intake", "create-account", login, *words)
    stack.passwords[login] = password
    return stack.user(login)


def not_found(user, path):
    try:
        user.download(path)
    except NotFound:
        return True
    return False


def without_spaces(text):
    return "".join(text.split())
