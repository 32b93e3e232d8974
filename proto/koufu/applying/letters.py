"""What fits into two fields of the application form (交付申請書): the braille name and the substitute characters. Both
are as public pages tell them; the form's own rules were not read. Pure."""

import unicodedata

BRAILLE_CELLS = 11
"""At most, with the cells of voicing marks and spaces."""


def braille_cells(name: str) -> int:
    """How many cells a name in kana takes: a mark of voicing (濁点, 半濁点) counts as one by itself."""
    return len(unicodedata.normalize("NFD", name))


def fits_braille(name: str) -> bool:
    """Whether a name can be punched: kana, digits, Latin letters and spaces, in `BRAILLE_CELLS`."""
    return bool(name.strip()) and braille_cells(name) <= BRAILLE_CELLS and all(map(_is_punched, name))


def fits_substitute(text: str) -> bool:
    """Whether all of it is in JIS X 0208 (levels 1 and 2) or the supplementary kanji of JIS X 0212, which X.509s can
    bear."""
    try:
        text.encode("euc_jp")
    except UnicodeEncodeError:
        return False
    return bool(text.strip())


def _is_punched(character: str) -> bool:
    if character in " \u3000ー":
        return True
    kana = "\u3041" <= character <= "\u3096" or "\u30a1" <= character <= "\u30f6"
    return kana or (character.isascii() and character.isalnum())
