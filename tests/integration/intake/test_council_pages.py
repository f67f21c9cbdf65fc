"""The clerk's pages of candidates and sessions, and what a leader sees of them."""

import re
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup

from kernel.auth.principal import Role
from tests.builders.council import Bench, facts_json, members_json, nominated
from tests.builders.intake import Api

ONE, TWO = nominated("Nguyễn Thị Một"), nominated("Trần Văn Hai", evidence="QĐ 12/QĐ-UBND")


@pytest.fixture
def bench(world, clerk_api):
    made = Bench(world, clerk_api)
    made.propose("van-hoa", ONE, TWO)
    return made


@pytest.fixture
def pages(world):
    return world.client(world.clerk())


def key():
    return {"idempotency_key": uuid4().hex}


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text))


def facts_form(version, **changes):
    """Return the facts of a session as the page sends them."""
    facts = facts_json(**changes)
    form = {"action": "save", "version": str(version), "idempotency_key": f"facts-{version}"}
    for name in ("held_on", "begins", "ends", "place", "method", "needed_percent"):
        form[name] = facts[name]
    for place, member in enumerate(facts["members"]):
        for name, value in member.items():
            said = {True: "true", False: "false"}.get(value, value)
            form[f"members-{place}-{name}"] = said
    form["opinions"] = "\n".join(facts["opinions"])
    return form


def votes_form(session, *figures, seen="||||"):
    form = {"action": "save", "idempotency_key": "votes"}
    for place, (it, figure) in enumerate(zip(session["tallied"], figures, strict=True)):
        form |= {
            f"votes-{place}-nominee_id": it["nominee_id"],
            f"votes-{place}-version": str(it["version"]),
            f"votes-{place}-seen": seen,
            f"votes-{place}-in_favour": figure,
            f"votes-{place}-against": "",
            f"votes-{place}-not_voting": "",
            f"votes-{place}-decided": "",
            f"votes-{place}-reason": "",
        }
    return form


def test_the_whole_way_from_the_list_to_locked_results_by_forms_alone(bench, pages):
    listed = pages.get(f"{bench.period}/candidates")
    assert "2 đề nghị mới" in listed.text
    pages.post(f"{bench.period}/candidates/read", key())
    shown = text_of(pages.get(f"{bench.period}/candidates"))
    assert "Nguyễn Thị Một" in shown
    assert "Minh chứng: QĐ 12/QĐ-UBND" in shown
    assert "Khen thưởng công trạng" in shown

    opened = pages.post(f"{bench.period}/council", key())
    path = opened.headers["Location"]
    assert "Lê Văn Ba" in pages.get(path).text
    assert pages.post(path, facts_form(1)).status_code == 303

    session = bench.session(path)
    saved = pages.post(f"{path}/votes", votes_form(session, "5", "2"))
    assert saved.status_code == 303
    results = text_of(pages.get(f"{path}/results"))
    assert "1/2 đạt" in results
    assert "Chủ tịch Ủy ban nhân dân xã quyết định" in results

    unconfirmed = pages.post(f"{path}/lock", {**key(), "version": "2"})
    assert unconfirmed.status_code == 422
    assert "Đánh dấu xác nhận" in unconfirmed.text
    locked = pages.post(f"{path}/lock", {**key(), "version": "2", "is_confirmed": "true"})
    assert locked.status_code == 303
    assert "Đã chốt kết quả" in pages.get(f"{path}/results").text
    assert "Đã bình xét" in pages.get(f"{bench.period}/dossier").text


def test_the_dossier_says_that_nobody_has_voted_yet_and_leads_to_the_list(bench, pages):
    page = pages.get(f"{bench.period}/dossier")

    assert "Chưa bình xét" in page.text
    assert f"{bench.period}/candidates" in page.text


@pytest.mark.parametrize("name", ["candidates", "duplicates", "findings", "council"])
def test_the_board_leads_to_the_council_and_each_of_its_pages_leads_back(bench, pages, name):
    page = pages.get(f"{bench.period}/{name}")

    assert f"{bench.period}/candidates" in pages.get(bench.period).text
    assert f'href="{bench.period}"' in page.text
    assert f'href="{bench.period}/dossier"' in page.text


def test_what_is_missing_before_locking_is_told_with_the_way_to_it(bench, pages):
    pages.post(f"{bench.period}/candidates/read", key())
    path = pages.post(f"{bench.period}/council", key()).headers["Location"]

    shown = text_of(pages.get(f"{path}/results"))

    assert "việc phải làm trước khi chốt" in shown
    assert "Chưa có phiếu của 2 đề nghị" in shown
    refused = pages.post(f"{path}/lock", {**key(), "version": "1", "is_confirmed": "true"})
    assert refused.status_code == 422
    assert "Chưa chốt được" in refused.text


def test_wrong_facts_keep_what_was_typed_beside_the_complaint(bench, pages):
    path = pages.post(f"{bench.period}/council", key()).headers["Location"]

    answer = pages.post(path, facts_form(1, needed_percent="bảy mươi", ends="07:00", place="Đình"))

    assert answer.status_code == 422
    assert 'value="bảy mươi"' in answer.text
    assert 'value="Đình"' in answer.text
    assert answer.text.count("Mông Văn Mẫu") == 1


def test_somebody_else_s_change_is_told_and_nothing_typed_is_lost(bench, pages):
    path = pages.post(f"{bench.period}/council", key()).headers["Location"]
    assert pages.post(path, facts_form(1)).status_code == 303

    answer = pages.post(path, {**facts_form(1, place="Nhà văn hóa"), "idempotency_key": "other"})

    assert answer.status_code == 409
    assert 'value="Nhà văn hóa"' in answer.text
    assert 'name="version" value="2"' in answer.text
    again = {**facts_form(2, place="Nhà văn hóa"), "idempotency_key": "again"}
    assert pages.post(path, again).status_code == 303


def test_members_are_added_and_pasted_without_scripts(bench, pages):
    path = pages.post(f"{bench.period}/council", key()).headers["Location"]
    pasted = (
        "Hoàng Văn Mẫu\tPhó Chủ tịch xã\tPhó Chủ tịch\nMa Đình Mẫu\tVăn phòng\tThư ký\nLê Văn Ba"
    )

    more = pages.post(path, {**facts_form(1, members=[]), "action": "paste", "pasted": pasted})
    added = pages.post(path, {**facts_form(1), "action": "add-members"})

    assert [name in more.text for name in ("Hoàng Văn Mẫu", "Ma Đình Mẫu")] == [True, True]
    assert '<option value="secretary" selected>' in more.text
    assert f'id="f-members-{len(members_json())}-name"' in added.text


def test_votes_that_do_not_add_up_stay_typed_and_say_so(bench, pages):
    bench.read()
    path = bench.open()

    answer = pages.post(f"{path}/votes", votes_form(bench.session(path), "9", "5"))

    assert answer.status_code == 422
    assert 'value="9"' in answer.text
    assert "phải bằng số thành viên có mặt là 5" in answer.text
    assert {it["version"] for it in bench.session(path)["tallied"]} == {0}


def test_votes_that_somebody_else_typed_meanwhile_are_shown_before_they_are_replaced(bench, pages):
    bench.read()
    path = bench.open()
    before = bench.session(path)
    bench.vote(path)

    answer = pages.post(f"{path}/votes", votes_form(before, "3", ""))

    assert answer.status_code == 409
    assert "vừa ghi 5/0/0" in answer.text
    assert 'value="3"' in answer.text
    assert bench.session(path)["tallied"][0]["in_favour"] == 5
    seen = re.findall(r'name="votes-0-seen" value="([^"]*)"', answer.text)[0]
    again = {**votes_form(bench.session(path), "3", "5", seen=seen), "idempotency_key": "again"}
    assert pages.post(f"{path}/votes", again).status_code == 303
    assert bench.session(path)["tallied"][0]["in_favour"] == 3


def test_votes_are_pasted_by_number_or_name_and_blanks_filled_in(bench, pages):
    bench.read()
    path = bench.open()
    blank = votes_form(bench.session(path), "", "")

    odd = pages.post(f"{path}/votes", {**blank, "action": "paste", "pasted": "Ai đó\t5"})
    assert odd.status_code == 422
    assert "Dòng 1: không rõ là ai" in odd.text
    pasted = {**blank, "action": "paste", "pasted": "tran van hai\t4\t1\t0"}
    assert pages.post(f"{path}/votes", {**pasted, "idempotency_key": "p"}).status_code == 303
    session = bench.session(path)
    form = votes_form(session, "", "")
    second = next(n for n, it in enumerate(session["tallied"]) if it["in_favour"] == 4)
    form |= {
        f"votes-{second}-seen": "4|1|0||",
        f"votes-{second}-in_favour": "4",
        f"votes-{second}-against": "1",
        f"votes-{second}-not_voting": "0",
    }
    filled = pages.post(f"{path}/votes", {**form, "action": "fill", "idempotency_key": "f"})
    assert filled.status_code == 303

    told = {it["nomination"]["name"]: it["in_favour"] for it in bench.session(path)["tallied"]}
    assert told == {"Nguyễn Thị Một": 5, "Trần Văn Hai": 4}


def test_duplicates_stand_side_by_side_and_are_merged_or_told_apart_and_asked_again(bench, pages):
    bench.propose("tai-chinh", {**ONE, "achievement": "Lời của Tài chính"})
    bench.read()
    shown = pages.get(f"{bench.period}/duplicates")
    assert "Lời của Tài chính" in shown.text
    assert "Thành tích của Nguyễn Thị Một" in shown.text
    (pair,) = bench.clerk.get(f"{bench.period}/duplicates").json
    one, other = pair["first_id"], pair["second_id"]

    pages.post(f"/candidates/{one}/tell-apart", {"idempotency_key": "a", "other_id": other})
    assert "Xét lại" in pages.get(f"{bench.period}/duplicates").text
    pages.post(f"/candidates/{one}/ask-again", {"idempotency_key": "b", "other_id": other})
    pages.post(f"/candidates/{one}/merge", {"idempotency_key": "c", "other_id": other})

    assert "Không còn đề nghị nào trùng" in pages.get(f"{bench.period}/duplicates").text
    assert "Đã gộp đề nghị của Tài chính" in text_of(pages.get(f"{bench.period}/candidates"))
    pages.post(f"/candidates/{other}/unmerge", {"idempotency_key": "d"})
    assert "Lời của Tài chính" in pages.get(f"{bench.period}/duplicates").text


def test_a_finding_shows_its_article_and_takes_a_written_reason(bench, pages):
    bench.propose("tai-chinh", nominated("Lê Thị Ba", "grassroots_emulation_fighter"))
    bench.read()
    path = f"{bench.period}/findings"
    shown = text_of(pages.get(f"{path}?on=2024-01-08"))
    assert "Điều 9 Nghị định số 91/2017/NĐ-CP" in shown
    assert "chưa đối chiếu được văn bản gốc" in shown
    (found,) = [it for it in bench.findings() if it["needs_reason"]]
    form = {**key(), "key": found["key"], "on": "2024-01-08"}

    assert pages.post(path, {**form, "reason": " "}).status_code == 422
    assert pages.post(path, {**form, "reason": "Xã chỉ có một người"}).status_code == 303

    assert "Xã chỉ có một người" in pages.get(f"{path}?on=2024-01-08").text


def test_what_is_only_to_be_known_stands_by_itself_behind_what_must_be_done(bench, pages):
    bench.propose("tai-chinh", nominated("Lê Thị Ba", occasion=""))
    bench.read()
    hints = [it for it in bench.findings() if it["severity"] == "hint"]

    page = BeautifulSoup(pages.get(f"{bench.period}/findings").text, "html.parser")

    assert hints
    assert page.select_one("details.card summary").text == f"Lưu ý ({len(hints)})"
    assert len(page.select("details.card li")) == len(hints)


@pytest.mark.parametrize("page", ["candidates", "duplicates", "findings", "council"])
def test_the_council_s_pages_and_the_board_lead_to_each_other(bench, pages, page):
    board = BeautifulSoup(pages.get(bench.period).text, "html.parser")
    shown = BeautifulSoup(pages.get(f"{bench.period}/{page}").text, "html.parser")

    assert board.select(f'main a[href$="{bench.period}/candidates"]')
    assert shown.select(f'main a[href$="{bench.period}"]')
    assert shown.select(f'main a[href$="{bench.period}/dossier"]')


def test_the_list_is_filtered_by_award_and_sector_and_setting_aside_needs_a_reason(bench, pages):
    bench.propose("tai-chinh", nominated("Lê Thị Ba", "advanced_worker"))
    bench.read()
    path = f"{bench.period}/candidates"
    assert "Lê Thị Ba" not in pages.get(f"{path}?award=commune_commendation").text
    unit = bench.candidate("Lê Thị Ba")["unit_id"]
    assert "Trần Văn Hai" not in pages.get(f"{path}?unit={unit}").text
    one = bench.candidate("Nguyễn Thị Một")["id"]

    refused = pages.post(f"/candidates/{one}/set-aside", {**key(), "reason": ""})

    assert refused.status_code == 422
    assert "Nhập lý do." in refused.text
    pages.post(f"/candidates/{one}/set-aside", {**key(), "reason": "Chờ xác minh"})
    assert "Chờ xác minh" in pages.get(path).text
    pages.post(f"/candidates/{one}/take-up", key())
    assert "Chờ xác minh" not in pages.get(path).text


def test_the_ballot_list_names_everybody_with_empty_boxes(bench, pages):
    bench.read()
    path = bench.open()

    shown = text_of(pages.get(f"{path}/ballots"))

    assert "Phiếu bình xét" in shown
    assert "Không đồng ý" in shown
    assert "Trần Văn Hai" in shown


def test_a_leader_looks_and_changes_nothing(bench):
    bench.read()
    path = bench.open()
    leader = bench.world.client(bench.world.person(Role.LEADER))

    for page in (
        f"{bench.period}/candidates",
        f"{bench.period}/duplicates",
        f"{bench.period}/findings",
        f"{bench.period}/council",
        path,
        f"{path}/votes",
        f"{path}/results",
        f"{path}/ballots",
    ):
        shown = leader.get(page)
        assert shown.status_code == 200
        assert "idempotency_key" not in shown.text

    assert leader.post(f"{path}/lock", key()).status_code == 403


def test_empty_lists_say_what_to_do_next(world, pages):
    assert "Chưa có đề nghị khen thưởng nào" in pages.get(f"{world.period}/candidates").text
    assert "Chưa có phiên họp nào" in pages.get(f"{world.period}/council").text
    assert Api(world, world.clerk()).get(f"{world.period}/candidates").json["items"] == []
