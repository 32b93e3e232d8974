"""The applet that helps to fill in forms (券面入力補助AP) in software, as far as the number goes: a file behind a PIN
of its own. It holds fictional numbers only."""

from hardware.card.number import FILE_BYTES, HEAD, NUMBER, PIN, TRIES
from hardware.card.virtual.files import File, FileApplet, Manner
from hardware.card.virtual.memory import PinState


def number_applet(digits: str, pin: str, manner: Manner) -> FileApplet:
    """The applet of a card with that number; its PIN has all its tries."""
    own = PinState(pin.encode("ascii"), TRIES, TRIES)
    content = (HEAD + digits.encode("ascii")).ljust(FILE_BYTES, b"\xff")
    return FileApplet({NUMBER: File(content, own), PIN: own}, manner)
