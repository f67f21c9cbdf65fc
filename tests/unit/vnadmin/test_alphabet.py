import unicodedata

from vnadmin.alphabet import ALPHABET, marked_letters


def test_there_are_134_letters_that_english_does_not_have():
    letters = marked_letters()

    assert len(letters) == len(set(letters)) == 134
    assert all(len(letter) == 1 and not letter.isascii() for letter in letters)


def test_capitals_and_small_letters_are_pairs():
    letters = set(marked_letters())

    assert {letter.swapcase() for letter in letters} == letters


def test_every_letter_is_one_of_the_alphabet_with_a_tone_or_without():
    shaping = {"\u0306", "\u0302", "\u031b"}
    for letter in marked_letters():
        base, *marks = unicodedata.normalize("NFD", letter.lower())
        shaped = unicodedata.normalize("NFC", base + "".join(m for m in marks if m in shaping))
        assert shaped in ALPHABET


def test_the_letters_of_two_well_known_words_are_among_them():
    assert set("ĐỘẬắĩưỹ") <= set(marked_letters())
