"""A password between a clerk's keyboard and the one call that needs it. It is kept in one buffer that is wiped when it
was used, and can't be shown, copied or put away."""

from hardware.keypad.pin import HolderPin, Pad, Pin, SigningPin

MOST_CHARACTERS = 128

_SMALL = range(ord("a"), ord("z") + 1)
_TO_CAPITAL = ord("a") - ord("A")


class Password(HolderPin):
    """Characters on their way to the server, in UTF-8."""

    __slots__ = ()

    def __init__(self, typed: bytearray) -> None:
        if not typed:
            raise ValueError("a password has at least one character")
        super().__init__(typed)

    def utf8(self) -> bytes:
        """The characters. Raises `ValueError` once wiped."""
        return bytes(self.view())


class PasswordPad(Pad):
    """Where a clerk types a password, or the PIN of a staff card. The desk only ever learns how many characters there
    are."""

    __slots__ = ("_lengths",)

    def __init__(self) -> None:
        super().__init__()
        self._lengths: list[int] = []

    def __repr__(self) -> str:
        return f"<PasswordPad {len(self._lengths)} characters>"

    def press(self, character: str) -> int:
        """Takes one printable character while there is room; returns how many there are. Raises `ValueError` for what
        is none."""
        if len(character) != 1 or not character.isprintable():
            raise ValueError("a password is made of printable characters")
        if len(self._lengths) < MOST_CHARACTERS:
            lengths, encoded = self._lengths, character.encode()
            for byte in encoded:
                self._add(byte, 4 * MOST_CHARACTERS)
            self._lengths = [*lengths, len(encoded)]
        return len(self._lengths)

    def erase_last(self) -> int:
        """Takes the last character back; returns how many are left."""
        for _ in range(self._lengths.pop() if self._lengths else 0):
            super().erase_last()
        return len(self._lengths)

    def clear(self) -> None:
        """Overwrites and forgets all of them."""
        super().clear()
        self._lengths = []

    def take(self) -> Password:
        """Moves the characters out; the pad is empty afterwards. Raises `ValueError` when there are none."""
        password = Password(bytearray(self._typed))
        self.clear()
        return password

    def take_pin(self) -> Pin:
        """Moves the characters out as a card's PIN; the pad is empty afterwards. Raises `ValueError` when they are
        none."""
        typed = bytearray(self._typed)
        self.clear()
        return Pin(typed)

    def take_signing_pin(self) -> SigningPin:
        """Moves the characters out as a signing PIN, small letters as capitals: a form has capitals alone. The pad is
        empty afterwards. Raises `ValueError` when they are none."""
        typed = bytearray(self._typed)
        self.clear()
        for at, character in enumerate(typed):
            if character in _SMALL:
                typed[at] = character - _TO_CAPITAL
        return SigningPin(typed)
