"""Text as it is stored (composed) and as it is searched (folded)."""

import unicodedata

# đ has no Unicode decomposition, and three foreign letters look exactly like it.
_LOOK_ALIKES = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"})
_BARRED_D = str.maketrans({"Đ": "D", "đ": "d"})


def compose(text: str) -> str:
    """Return the text in NFC, the form of TCVN 6909:2001 that is stored and compared."""
    return unicodedata.normalize("NFC", text)


def repair_look_alikes(text: str) -> str:
    """Return composed text where the letters that only look like đ have become đ."""
    return compose(text).translate(_LOOK_ALIKES)


def fold(text: str) -> str:
    """Return the search form: no tone, no diacritic, no case; đ is d."""
    # Case folding may itself bring out new marks (ΐ), hence once before and once after.
    return _without_marks(_without_marks(text.casefold()).casefold())


def _without_marks(text: str) -> str:
    plain = text.translate(_LOOK_ALIKES).translate(_BARRED_D)
    decomposed = unicodedata.normalize("NFD", plain)
    return "".join(char for char in decomposed if not unicodedata.combining(char))
