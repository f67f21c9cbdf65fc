"""Who a document is addressed to, who receives it, and where the file copy stays."""

from collections.abc import Iterable
from dataclasses import dataclass

from vnadmin.text_folding import compose

ADDRESSEES_LABEL = "Kính gửi:"
RECIPIENTS_LABEL = "Nơi nhận:"
_AS_ABOVE = "Như trên"
_FILE = "Lưu:"
_REGISTRY = "VT"


class InvalidRecipient(ValueError):
    """A line of the recipient list that says nothing or contradicts itself."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of Kính gửi, Nơi nhận or Lưu; Annex I part I section II.9 of ND30.

    ``office_code`` names the office that gets an electronic delivery, where it has one.
    """

    label: str
    is_addressee: bool = False
    is_file_copy: bool = False
    office_code: str | None = None

    def __post_init__(self) -> None:
        label = " ".join(compose(self.label).split()).lstrip("- ").rstrip(" ;.")
        if self.is_file_copy:
            label = label.removeprefix(_FILE).strip()
        if not label:
            raise InvalidRecipient("Dòng nơi nhận không có nội dung")
        if self.is_addressee and self.is_file_copy:
            raise InvalidRecipient(f"{label!r} không thể vừa là kính gửi vừa là lưu")
        object.__setattr__(self, "label", label)


def addressee_lines(recipients: Iterable[Recipient]) -> tuple[str, ...]:
    """Return what follows "Kính gửi:": one name for the same line, or one dashed line each."""
    names = [recipient.label for recipient in recipients if recipient.is_addressee]
    if len(names) < 2:
        return tuple(names)
    return (*(f"- {name};" for name in names[:-1]), f"- {names[-1]}.")


def recipient_lines(recipients: Iterable[Recipient]) -> tuple[str, ...]:
    """Return what follows "Nơi nhận:"; the last line is the file copy, which no document lacks.

    Addressees are not repeated: "Như trên" stands for them.
    """
    everyone = list(recipients)
    lines = [_AS_ABOVE] if any(it.is_addressee for it in everyone) else []
    lines += [it.label for it in everyone if not (it.is_addressee or it.is_file_copy)]
    copies = [it.label for it in everyone if it.is_file_copy]
    return (*(f"- {line};" for line in lines), f"- {_FILE} {_kept_at(copies)}.")


def _kept_at(copies: list[str]) -> str:
    places = ", ".join(copies)
    if places == _REGISTRY or places.startswith(f"{_REGISTRY},"):
        return places
    return f"{_REGISTRY}, {places}" if places else _REGISTRY
