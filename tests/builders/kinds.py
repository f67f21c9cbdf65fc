"""Kinds of document for tests: what a manifest says, without a template."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AKind:
    """A summary report unless told otherwise."""

    document_type: str = "BC"
    issuing_body: str = "hdtdkt"
    subject: str = "Tổng kết năm {{ year }}, phương hướng năm {{next_year}}"
    signing: str = "council"
    award: str | None = None


REPORT = AKind()
DECISION = AKind(
    document_type="QĐ",
    issuing_body="ubnd",
    subject="Về việc tặng Giấy khen cho các {{ nominees }}",
    signing="head",
    award="commune_commendation",
)
MINUTES = AKind(
    document_type="BB",
    issuing_body="hdtdkt",
    subject="Họp xét khen thưởng năm {{ year }}",
    signing="council",
)
SUBMISSION = AKind(
    document_type="TTr",
    issuing_body="ubnd",
    subject="Về việc đề nghị khen thưởng các {{ nominees }}",
    signing="committee",
)
LETTER = AKind(
    document_type="Công văn",
    issuing_body="ubnd",
    subject="V/v gửi báo cáo năm {{ year }}",
    signing="committee",
)
