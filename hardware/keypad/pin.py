"""A PIN between key pad and card. It is kept in one buffer that is wiped when it was used, and can't be shown, copied
or put away (I11)."""

from typing import NoReturn

PIN_DIGITS = 4
SIGNING_PIN_LENGTHS = range(6, 17)
"""How many characters the PIN of the signing X.509 may have."""

_DIGITS = range(0x30, 0x3A)
_CAPITALS = range(0x41, 0x5B)


class HolderPin:
    """Characters on their way to the card. `wipe()` overwrites them; the content never shows in `repr`."""

    __slots__ = ("_typed",)

    def __init__(self, typed: bytearray) -> None:
        self._typed = typed

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a PIN is neither copied nor put away")

    def view(self) -> memoryview:
        """The characters, without a copy; release it before the PIN is wiped. Raises `ValueError` once it is: zeros
        would cost a try."""
        if self.is_wiped:
            raise ValueError("this PIN was used and wiped")
        return memoryview(self._typed).toreadonly()

    @property
    def is_wiped(self) -> bool:
        """Whether it was used already."""
        return not any(self._typed)

    def wipe(self) -> None:
        """Overwrites the characters."""
        self._typed[:] = bytes(len(self._typed))


class Pin(HolderPin):
    """The four digits of the user-authentication X.509."""

    __slots__ = ()

    def __init__(self, digits: bytearray) -> None:
        if len(digits) != PIN_DIGITS or not all(digit in _DIGITS for digit in digits):
            raise ValueError(f"a PIN has {PIN_DIGITS} digits")
        super().__init__(digits)


class SigningPin(HolderPin):
    """The PIN of the signing X.509: 6 to 16 capitals and digits, at least one of each."""

    __slots__ = ()

    def __init__(self, characters: bytearray) -> None:
        digits = sum(character in _DIGITS for character in characters)
        capitals = sum(character in _CAPITALS for character in characters)
        if len(characters) not in SIGNING_PIN_LENGTHS or digits + capitals != len(characters):
            raise ValueError("a signing PIN has 6 to 16 capitals and digits")
        if not digits or not capitals:
            raise ValueError("a signing PIN has at least one capital and one digit")
        super().__init__(characters)


class Pad:
    """Where characters are typed. The flow only ever learns how many there are."""

    __slots__ = ("_typed",)

    def __init__(self) -> None:
        self._typed = bytearray()

    @property
    def count(self) -> int:
        """How many characters there are."""
        return len(self._typed)

    def erase_last(self) -> int:
        """Takes the last character back; returns how many are left."""
        if self._typed:
            self._typed[-1] = 0
            del self._typed[-1]
        return len(self._typed)

    def clear(self) -> None:
        """Overwrites and forgets all of them."""
        self._typed[:] = bytes(len(self._typed))
        self._typed.clear()

    def _add(self, character: int, most: int) -> int:
        if len(self._typed) < most:
            # A buffer that grows may leave its old place behind, with what was typed: so a new one, and the old wiped.
            grown = bytearray((*self._typed, character))
            self.clear()
            self._typed = grown
        return len(self._typed)


class PinPad(Pad):
    """Where the four digits are typed."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<PinPad {len(self._typed)} digits>"

    def press(self, digit: int) -> int:
        """Takes one digit (0-9) while there is room; returns how many there are."""
        if not 0 <= digit <= 9:
            raise ValueError("a PIN is made of the digits 0 to 9")
        return self._add(0x30 + digit, PIN_DIGITS)

    def take(self) -> Pin:
        """Moves the digits out as a `Pin`; the pad is empty afterwards. Raises `ValueError` when digits are missing."""
        pin = Pin(bytearray(self._typed))
        self.clear()
        return pin


class SigningPinPad(Pad):
    """Where the PIN of the signing X.509 is typed."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<SigningPinPad {len(self._typed)} characters>"

    def press(self, character: str) -> int:
        """Takes one capital or digit while there is room; returns how many there are."""
        if len(character) != 1 or ord(character) not in (*_DIGITS, *_CAPITALS):
            raise ValueError("a signing PIN is made of capitals and digits")
        return self._add(ord(character), SIGNING_PIN_LENGTHS[-1])

    def take(self) -> SigningPin:
        """Moves the characters out; the pad is empty afterwards. Raises `ValueError` when they are no signing PIN."""
        pin = SigningPin(bytearray(self._typed))
        self.clear()
        return pin
