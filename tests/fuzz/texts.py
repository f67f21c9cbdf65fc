"""Texts of every kind: all planes, marks that combine, controls, and what looks like markup."""

from hypothesis import strategies as st

_HOSTILE = [
    *(
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        "{{ x }}",
        "{% for x in y %}",
        "{_{",
        "}_}",
        "{_%",
        "%_}",
    ),
    *("{{r x }}", "{%p if x %}", "{%tr endfor %}", "{% raw %}", "{% endraw %}", "{"),
    *(
        "]]>",
        "<![CDATA[",
        "<!--",
        "-->",
        "<?xml?>",
        "<!DOCTYPE x>",
        "&#x0;",
        "&#0;",
        "&amp;",
        "&x;",
    ),
    *("<w:p>", "</w:t></w:r></w:p>", '<w:t xml:space="preserve">', "<?paragraph-break?>", "</"),
    *('"', "'", "&", "<", ">", "“", "”", "‘", "’", "%s", "{0}", "${x}", "\\", "\\n", "/", "\u2028"),
]
_SPACES = [" ", "  ", "\t", "\n", "\n\n", "\r\n", "\r", "\u00a0", "\u3000", "\u200b", "\ufeff"]
_VIETNAMESE = ["Nguyễn", "Nguye\u0302\u0303n", "Đỗ Ngọc Ỷ", "ê\u0301", "Ư", "u\u031b\u0323", "đ"]
_COMBINING = ["\u0301", "\u0323", "a\u0300\u0301\u0302", "क्‍ष", "👩‍👩‍👧", "e\u0489", "ﷺ", "한"]
_BIDI = ["עברית", "العربية", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069", "\u061c"]
_CONTROLS = ["\0", "\x01", "\a", "\b", "\v", "\f", "\x1b", "\x7f", "\x85", "\ud800", "\udfff"]
_CONTROLS += ["\ufffe", "\uffff", "\U0001fffe", "\U0010ffff", "\ufdd0", "\ufffd", "\ue000"]

_FRAGMENTS = st.sampled_from(_HOSTILE + _SPACES + _VIETNAMESE + _COMBINING)
_ANY_CHARACTERS = st.text(st.characters(codec=None), max_size=30)
_LONG = st.builds(
    lambda text, times: text * times, st.text(min_size=1, max_size=5), st.integers(500, 4_000)
)


def _mixed(*kinds: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(st.one_of(*kinds), max_size=12).map("".join)


any_text: st.SearchStrategy[str] = st.one_of(
    _ANY_CHARACTERS,
    _mixed(_FRAGMENTS, st.text(max_size=5)),
    _mixed(_FRAGMENTS, st.sampled_from(_BIDI + _CONTROLS)),
    _mixed(_FRAGMENTS, st.sampled_from(["\a", "\f", "\n", "\t"])),
    _LONG,
)
"""Whatever a program may send, lone surrogates too."""

typed_text: st.SearchStrategy[str] = _mixed(
    st.sampled_from(_HOSTILE + _SPACES[:5] + _VIETNAMESE),
    st.text(st.characters(categories=("L", "N", "P", "S")), max_size=8),
)
"""What may stand in a document; within one paragraph."""
