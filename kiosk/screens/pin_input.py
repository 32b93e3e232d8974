"""Between the keys on the screen and the PIN pad: digits go through and are not kept, only their count comes out
(I11)."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from hardware.keypad.pin import PinPad


class PinInput(QObject):
    """Takes key presses from QML and from a tactile keypad; tells `counted` how many digits the pad holds now."""

    def __init__(self, pad: PinPad, counted: Callable[[int], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pad = pad
        self._counted = counted

    @Slot(int)
    def press(self, digit: int) -> None:
        """One digit, 0-9."""
        self._counted(self._pad.press(digit))

    @Slot()
    def eraseLast(self) -> None:  # noqa: N802 - called from QML
        """The last digit back."""
        self._counted(self._pad.erase_last())

    @Slot()
    def eraseAll(self) -> None:  # noqa: N802 - called from QML
        """All digits back."""
        self._pad.clear()
        self._counted(0)
