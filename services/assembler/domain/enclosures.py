"""What a covering letter encloses: the documents of the year that the dossier gives rise to."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kernel.contracts.dossier import DossierContent, Nomination
from services.assembler.domain import award_table, commendation, framing, proposals, wording
from vnadmin import amounts


def view(content: DossierContent, on: date, words: Mapping[str, str]) -> dict[str, Any]:
    """Return the enclosed documents, one line each, and how many they are."""
    every = award_table.nominations(content)
    titles = [_report(content), *_about_awards(content, every, on, words)]
    lines = wording.listed(titles)
    return {
        "count": amounts.padded_count(len(lines)),
        "lines": [{"number": f"{n}.", "text": text} for n, text in enumerate(lines, 1)],
    }


def _report(content: DossierContent) -> str:
    year, council = content.period.year, framing.proposer_of(content.office)
    return (
        f"Báo cáo của {council} tổng kết phong trào thi đua yêu nước năm {year}, phương hướng, "
        f"nhiệm vụ công tác thi đua, khen thưởng năm {year + 1}"
    )


def _about_awards(
    content: DossierContent, every: Sequence[Nomination], on: date, words: Mapping[str, str]
) -> list[str]:
    """Return one decision for each award of our own, and one submission for all others."""
    committee = content.office.name
    found = proposals.decided(every, on, words)
    ours = [it for it in found if it.level == proposals.COMMUNE]
    theirs = [it for it in found if it.level != proposals.COMMUNE]
    titles = [
        f"Quyết định của Chủ tịch {committee} về việc {commendation.act_of(it.award)} cho "
        f"{award_table.told(it.count)}"
        for it in ours
    ]
    if theirs:
        asked = proposals.view(theirs, on)["whom"]
        titles.append(
            f"Tờ trình của {committee} về việc đề nghị khen thưởng {asked}, kèm theo hồ sơ đề nghị "
            "khen thưởng"
        )
    return titles
