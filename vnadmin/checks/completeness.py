"""Components that a document of its family should have and that were not found."""

from collections.abc import Iterator, Sequence

from vnadmin.checks.findings import LayoutFinding, Place, Rule, name_within
from vnadmin.checks.lines import Line
from vnadmin.editions import Edition, Family


def check_components(
    lines: Sequence[Line], edition: Edition, family: Family
) -> Iterator[LayoutFinding]:
    """Yield each required component that no line was recognised as."""
    present = {line.role for line in lines}
    rule = Rule("missing", family.source, edition)
    for code in family.required:
        if code not in present:
            name = name_within(edition.component(code))
            yield rule.doubtful(
                Place(part="document"),
                f"Không nhận ra thành phần “{name}”.",
                f"Nếu văn bản chưa có {name} thì thêm vào; {family.name} phải có thành phần này.",
            )
    yield from _check_annexes(lines, edition)


def _check_annexes(lines: Sequence[Line], edition: Edition) -> Iterator[LayoutFinding]:
    """Yield what is missing below the label of an annex."""
    component = edition.component("annex_label")
    rule = Rule("annex", component.source, edition)
    labels = [at for at, line in enumerate(lines) if line.role == component.code]
    for label in labels:
        end = next((at for at in labels if at > label), len(lines))
        below = {line.role for line in lines[label:end]}
        for code in ("annex_title", "annex_reference"):
            if code not in below:
                name = name_within(edition.component(code))
                yield rule.doubtful(
                    lines[label].place,
                    f"Dưới nhãn phụ lục không thấy thành phần “{name}”.",
                    f"Thêm {name} dưới nhãn phụ lục.",
                )
