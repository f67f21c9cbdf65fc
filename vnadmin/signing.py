"""Signature blocks: in which power someone signs, under which titles, with which name."""

import re
from dataclasses import dataclass
from enum import StrEnum

from vnadmin.editions import load
from vnadmin.text_folding import compose

_SEPARATORS = re.compile(r"[.,\s]+")


class InvalidSigner(ValueError):
    """A signer's name or title that may not be printed so."""


class SigningPower(StrEnum):
    """Quyền hạn ký: article 13 and Annex I part I section II.7 of ND30."""

    NONE = "NONE"  # the head signs in his own power; nothing stands before the title
    TM = "TM"  # thay mặt: on behalf of a collective
    Q = "Q"  # quyền: entrusted as acting head
    KT = "KT"  # ký thay: a deputy for the head
    TL = "TL"  # thừa lệnh: by order of the head
    TUQ = "TUQ"  # thừa ủy quyền: by written delegation of the head

    @property
    def mark(self) -> str:
        """The printed mark, such as ``TM.``; empty when the head signs himself."""
        marks = {rule.code: rule.mark for rule in load().signing_powers}
        return marks.get(self.value, "")

    def line(self, holder: str) -> str:
        """Return the capital line of a title or body with the mark before it."""
        title = _line(holder).upper()
        return f"{self.mark} {title}" if self.mark else title


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Khối chữ ký: cells 7a (power and title), 7b (other title, full name) of ND30, Annex I."""

    power_lines: tuple[str, ...]
    host_title: str | None
    name: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", signer_name(self.name))


def signer_name(full_name: str) -> str:
    """Return the name as printed; academic and honorary titles before it are refused."""
    name = _line(full_name)
    words = [word for word in _SEPARATORS.split(name.lower()) if word]
    for prefix in load().refused_name_prefixes:
        refused = prefix.lower().split()
        if words[: len(refused)] == refused:
            raise InvalidSigner(
                f"Trước họ tên người ký không ghi học hàm, học vị, danh hiệu: {prefix!r}"
            )
    return name


def head(title: str, name: str) -> SignatureBlock:
    """The head of a body signs in his own power (``CHỦ TỊCH``)."""
    return SignatureBlock((SigningPower.NONE.line(title),), None, name)


def acting_head(title: str, name: str) -> SignatureBlock:
    """Someone entrusted as acting head signs (``Q. CHỦ TỊCH``)."""
    return SignatureBlock((SigningPower.Q.line(title),), None, name)


def collective(body: str, title: str, name: str) -> SignatureBlock:
    """The head signs for a body that decides as a collective (``TM. ỦY BAN NHÂN DÂN``)."""
    return SignatureBlock((SigningPower.TM.line(body), _line(title).upper()), None, name)


def deputy(
    head_title: str, deputy_title: str, name: str, *, collective_body: str | None = None
) -> SignatureBlock:
    """A deputy signs for the head (``KT. CHỦ TỊCH``), for the collective body if one is given."""
    lines: tuple[str, ...] = (SigningPower.KT.line(head_title), _line(deputy_title).upper())
    if collective_body is not None:
        lines = (SigningPower.TM.line(collective_body), *lines)
    return SignatureBlock(lines, None, name)


def by_order(head_title: str, own_title: str, name: str) -> SignatureBlock:
    """The head of an internal unit signs by order (``TL. CHỦ TỊCH``)."""
    return SignatureBlock((SigningPower.TL.line(head_title), _line(own_title).upper()), None, name)


def by_authorisation(head_title: str, own_title: str, name: str) -> SignatureBlock:
    """Someone signs by the written delegation of the head (``TUQ. CHỦ TỊCH``)."""
    lines = (SigningPower.TUQ.line(head_title), _line(own_title).upper())
    return SignatureBlock(lines, None, name)


def advisory_council(
    council: str,
    council_title: str,
    name: str,
    *,
    host_title: str | None,
    deputy_title: str | None = None,
) -> SignatureBlock:
    """The head of an advisory council (hội đồng tư vấn), or a deputy for him, signs on its behalf.

    Under the seal of the host body the signer's titles in both are written, the host's above the
    name; a council that does not use that seal passes None and writes only its own.
    """
    block = collective(council, council_title, name)
    if deputy_title is not None:
        block = deputy(council_title, deputy_title, name, collective_body=council)
    if host_title is None:
        return block
    return SignatureBlock(block.power_lines, _line(host_title).upper(), name)


def _line(text: str) -> str:
    line = " ".join(compose(text).split())
    if not line:
        raise InvalidSigner("Thiếu chức vụ hoặc họ tên người ký")
    return line
