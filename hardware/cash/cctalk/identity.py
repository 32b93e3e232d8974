"""Which coin or note a peripheral's position is: identifiers as the specification writes them, in yen. Pure."""

COUNTRY = "JP"


def coin_yen(identifier: bytes) -> int | None:
    """Yen of a coin id of six characters: `JP500A`, `JP1K0A`; None for an empty position or another country's."""
    text = _text(identifier)
    if len(text) != 6 or not text.startswith(COUNTRY):
        return None
    return _value(text[2:5])


def bill_yen(identifier: bytes, scaling: bytes) -> int | None:
    """Yen of a bill id of seven characters, `JP0010A`, by its country's scaling factor: two bytes, low first, and the
    number of decimal places. None for an empty position, or one that is no whole number of yen."""
    text = _text(identifier)
    if len(text) != 7 or not text.startswith(COUNTRY) or not text[2:6].isdecimal() or len(scaling) != 3:
        return None
    factor, decimals = int.from_bytes(scaling[:2], "little"), scaling[2]
    yen, rest = divmod(int(text[2:6]) * factor, 10 ** min(decimals, 9))
    return yen if yen and not rest else None


def _value(text: str) -> int | None:
    """Three characters of a coin's value, of which one may be K for thousand in the decimal point's place."""
    whole, thousand, rest = text.partition("K")
    if not (whole + rest).isdecimal() or (thousand and not whole):
        return None
    if not thousand:
        return int(whole) or None
    return int(whole) * 1_000 + (int(rest) * 10 ** (3 - len(rest)) if rest else 0)


def _text(identifier: bytes) -> str:
    return identifier.decode("ascii", "replace")
