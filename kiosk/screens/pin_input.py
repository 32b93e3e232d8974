"""Between the keys on the screen and the PIN pads: signs go through and are not kept, only their count comes out
(I11)."""

from collections.abc import Callable

from PySide6.QtCore import Property, QElapsedTimer, QObject, Signal, Slot

from hardware.keypad.pin import PinPad, SigningPinPad
from hardware.keypad.pointing import DIGITS, LETTERS_AND_DIGITS, BoardKind, PointingBoard

THERE_MS = 60_000
"""So often at most a board that is stepped tells that somebody is there."""


class PinInput(QObject):
    """Takes key presses from QML and from a tactile keypad; tells `counted` how many signs the pad holds now. Which pad
    that is, and whether a pointing board stands before it, the screen says (`use`)."""

    offeredChanged = Signal()  # noqa: N815

    def __init__(
        self,
        pad: PinPad,
        signing: SigningPinPad,
        counted: Callable[[int], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._pad = pad
        self._signing_pad = signing
        self._counted = counted
        self._signing = False
        self._board: PointingBoard | None = None
        self._told = QElapsedTimer()
        self._told.start()
        self._shown: tuple[bool, BoardKind | None] = (False, None)

    def use(self, *, signing: bool, board: BoardKind | None) -> None:
        """Which PIN is typed on the screen that is shown. A board that stays begins anew only with another one."""
        if self._shown == (signing, board):
            return
        self._shown = (signing, board)
        self._signing = signing
        self._board = None if board is None else PointingBoard(LETTERS_AND_DIGITS if signing else DIGITS, board)
        self.offeredChanged.emit()

    @Slot(int)
    def press(self, digit: int) -> None:
        """One digit, 0-9."""
        self._tell(self._signing_pad.press(str(digit)) if self._signing else self._pad.press(digit))

    @Slot(str)
    def type(self, sign: str) -> None:
        """One capital or digit."""
        if self._signing:
            self._tell(self._signing_pad.press(sign))
        else:
            self._tell(self._pad.press(int(sign)))

    @Slot(int)
    def point(self, key: int) -> None:
        """The key of the board at that place."""
        if self._board is None:
            return
        sign = self._board.choose(key)
        self.offeredChanged.emit()
        if sign is not None:
            self.type(sign)

    @Slot()
    def other(self) -> None:
        """Not what the board offers. How often it was pressed would tell which sign it came to, so nobody is told more
        than that somebody is there, and that but now and then."""
        if self._board is not None:
            self._board.other()
            self.offeredChanged.emit()
            if self._told.elapsed() > THERE_MS:
                self._tell(self._signing_pad.count if self._signing else self._pad.count)

    def _tell(self, count: int) -> None:
        self._told.restart()
        self._counted(count)

    @Slot()
    def eraseLast(self) -> None:  # noqa: N802 - called from QML
        """The last sign back."""
        self._tell(self._signing_pad.erase_last() if self._signing else self._pad.erase_last())

    @Slot()
    def eraseAll(self) -> None:  # noqa: N802 - called from QML
        """All signs back."""
        self._pad.clear()
        self._signing_pad.clear()
        self._tell(0)

    def _get_offered(self) -> list[str]:
        return [] if self._board is None else list(self._board.offered)

    def _get_group(self) -> bool:
        return self._board is not None and self._board.has_group

    offered = Property(list, _get_offered, notify=offeredChanged)
    inGroup = Property(bool, _get_group, notify=offeredChanged)  # noqa: N815
