"""Small habits of written Vietnamese that every part of a document shares."""

from collections.abc import Iterable, Sequence

# Words that Annex II of ND30 writes with a capital wherever they stand.
_ALWAYS_CAPITAL = ("Đảng", "Nhà nước", "Nhân dân", "Quốc hội", "Chính phủ", "Tổ quốc")
_FINAL_MARKS = (".", "!", "?", "…")
_UNIT_WORDS = ("XÃ", "PHƯỜNG", "THỊ TRẤN", "ĐẶC KHU", "HUYỆN", "TỈNH")
_BODY_WORDS = ("ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN", "HỘI ĐỒNG", "BAN CHỈ ĐẠO")


def one_line(text: str) -> str:
    """Return the text on one line, with single spaces."""
    return " ".join(text.split())


def upper_first(text: str) -> str:
    """Return the text with a capital first letter."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Return the text as it stands inside a sentence; acronyms and proper names keep capitals."""
    words = text.split(maxsplit=2)
    is_acronym = len(words[0]) > 1 and words[0] == words[0].upper() if words else True
    is_name = len(words) > 1 and words[1][:1].isupper()
    if is_acronym or is_name or text.startswith(_ALWAYS_CAPITAL):
        return text
    return text[:1].lower() + text[1:]


def sentence(text: str) -> str:
    """Return the text as a sentence: a capital at the beginning, a mark at the end."""
    trimmed = text.strip().rstrip(" ;,")
    if not trimmed:
        return ""
    return upper_first(trimmed if trimmed.endswith(_FINAL_MARKS) else f"{trimmed}.")


def listed(texts: Iterable[str]) -> list[str]:
    """Return the items of a list: each ends with ";", the last with "."."""
    items = [text.strip().rstrip(" ;,.") for text in texts]
    items = [item for item in items if item]
    return [*(f"{item};" for item in items[:-1]), *(f"{item}." for item in items[-1:])]


def enumerated(parts: Sequence[str]) -> str:
    """Return "a", "a và b" or "a, b và c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} và {parts[-1]}"


def quoted(name: str) -> str:
    """Return a name between Vietnamese quotation marks."""
    bare = one_line(name).strip("“”\"' ")
    return f"“{bare}”"


def heading_lines(text: str, at_most: int) -> list[str]:
    """Return capitals cut for a narrow column, where a reader would cut them.

    Before the word for a commune or district, else after the word for the body, else where the two
    halves are most alike; a word longer than the column is left to the word processor.
    """
    line = one_line(text)
    places = [i for i in range(1, min(len(line), at_most + 1)) if _may_cut(line, i)]
    if len(line) <= at_most or not places:
        return [line]
    best = min(places, key=lambda i: (_cut_rank(line, i), abs(len(line) - 2 * i)))
    return [line[:best], *heading_lines(line[best + 1 :], at_most)]


def _may_cut(line: str, place: int) -> bool:
    """Tell whether the space may become a line break: not beside a dash, not after "XÃ"."""
    is_space = line[place] == " " and "-" not in line[place - 1 : place + 2]
    return is_space and not line[:place].endswith(_UNIT_WORDS)


def _cut_rank(line: str, place: int) -> int:
    if line[place + 1 :].startswith(tuple(f"{word} " for word in _UNIT_WORDS)):
        return 0
    return 1 if line[:place] in _BODY_WORDS else 2
