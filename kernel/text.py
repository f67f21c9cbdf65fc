"""What a text must be before it may enter the system."""

import re
import unicodedata

_ALLOWED_CONTROLS = frozenset("\n\t")

# Word's line break (U+000B) and page break (U+000C), NEL, and Unicode's own separators.
_LINE_BREAKS = "\x0b\x0c\x85\u2028\u2029"
# No-break spaces, spaces of other widths, and the blank pattern of Braille.
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000"
# Soft hyphen, joiners, direction marks, byte order mark, invisible operators, annotations, tags,
# and letters of Hangul that are drawn as nothing. They print as nothing, but two texts that look
# the same would differ, and a text that looks empty would not be empty.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\u206a-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f"
)
# What Word copies for a bullet drawn with the fonts Symbol and Wingdings: a letter of theirs alone.
_BULLETS = "\uf06e\uf071\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0e0\uf0fc"

_AS_LINE_BREAK = re.compile(f"[{_LINE_BREAKS}]")
_AS_SPACE = re.compile(f"[{_SPACES}]")
_DROPPED = re.compile(f"[{_INVISIBLE}]")
_AS_HYPHEN = re.compile(f"[{_BULLETS}]")


def compose(text: str) -> str:
    """Return the text in NFC with Unix line ends: the one form in which texts are stored."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def cleaned(text: str) -> str:
    """Return the text as it is kept, whatever it was copied from: composed, nothing unseen in it.

    What cannot be seen is dropped, what breaks a line becomes a line break, other spaces become a
    space, bullets of Word a hyphen. Quotes, dashes and every visible letter stay as they were.
    """
    visible = _DROPPED.sub("", _AS_LINE_BREAK.sub("\n", text.replace("\r\n", "\n")))
    return compose(_AS_HYPHEN.sub("-", _AS_SPACE.sub(" ", visible)))


def cleaning_note(text: str) -> str:
    """Return what `cleaned` changes in the text that its writer might miss; "" for nothing."""
    dropped, bullets = len(_DROPPED.findall(text)), len(_AS_HYPHEN.findall(text))
    breaks = len(_AS_LINE_BREAK.findall(text))
    told = (
        (dropped, f"bỏ {dropped} ký tự không nhìn thấy"),
        (bullets, f"đổi {bullets} dấu đầu dòng của Word thành dấu gạch “-”"),
        (breaks, f"đổi {breaks} dấu ngắt của Word thành xuống dòng"),
    )
    return ", ".join(sentence for count, sentence in told if count)


def first_forbidden_character(text: str) -> tuple[int, str] | None:
    """Return position and code ("U+000B") of the first character that no document may hold.

    Controls, unassigned non-characters and lone surrogates would make a .docx that no Word opens
    (XML 1.0 §2.2); bidirectional overrides would print something else than what is stored.
    """
    for position, character in enumerate(text):
        if character not in _ALLOWED_CONTROLS and _is_forbidden(character):
            return position, f"U+{ord(character):04X}"
    return None


def _is_forbidden(character: str) -> bool:
    code = ord(character)
    return (
        unicodedata.category(character) in {"Cc", "Cs"}
        or code & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code <= 0xFDEF
        or 0x202A <= code <= 0x202E
        or 0x2066 <= code <= 0x2069
    )
