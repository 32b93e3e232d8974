"""A PIN between key pad and card. It is kept in one buffer that is wiped when it was used, and can't be shown (I11)."""

PIN_DIGITS = 4


class Pin:
    """Four digits on their way to the card. `wipe()` overwrites them; the content never shows in `repr`."""

    __slots__ = ("_digits",)

    def __init__(self, digits: bytearray) -> None:
        if len(digits) != PIN_DIGITS or not bytes(digits).isdigit():
            raise ValueError(f"a PIN has {PIN_DIGITS} digits")
        self._digits = digits

    def __repr__(self) -> str:
        return "<Pin>"

    def ascii(self) -> bytes:
        """The digits as the card wants them: ASCII. Raises `ValueError` once wiped: zeros would cost a try."""
        if not any(self._digits):
            raise ValueError("this PIN was used and wiped")
        return bytes(self._digits)

    def wipe(self) -> None:
        """Overwrites the digits."""
        self._digits[:] = bytes(len(self._digits))


class PinPad:
    """Where digits are typed. The flow only ever learns how many there are."""

    __slots__ = ("_digits",)

    def __init__(self) -> None:
        self._digits = bytearray()

    def __repr__(self) -> str:
        return f"<PinPad {len(self._digits)} digits>"

    def press(self, digit: int) -> int:
        """Takes one digit (0-9) while there is room; returns how many there are."""
        if not 0 <= digit <= 9:
            raise ValueError("a PIN is made of the digits 0 to 9")
        if len(self._digits) < PIN_DIGITS:
            self._digits.append(0x30 + digit)
        return len(self._digits)

    def erase_last(self) -> int:
        """Takes the last digit back; returns how many are left."""
        if self._digits:
            self._digits[-1] = 0
            del self._digits[-1]
        return len(self._digits)

    def clear(self) -> None:
        """Overwrites and forgets all digits."""
        self._digits[:] = bytes(len(self._digits))
        self._digits.clear()

    def take(self) -> Pin:
        """Moves the digits out as a `Pin`; the pad is empty afterwards. Raises `ValueError` when digits are missing."""
        pin = Pin(bytearray(self._digits))
        self.clear()
        return pin
