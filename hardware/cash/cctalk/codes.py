"""What the events of coin acceptors and bill validators mean for money. Pure.

The numbers are those of the public ccTalk specification, part 3, table 2 (coins) and table 7 (bills) of v4.7, as public
drivers quote them: unconfirmed against the paper itself. Which of them end a sale is this program's own choice."""

from enum import Enum


class Meaning(Enum):
    """`PASSING`: nothing was taken, or it is only news. `RETURNED`: the note in escrow went out again. `LOST`: a piece
    was taken of which nobody knows what became. `JAMMED`: the way is blocked. `FULL`: the cash box is; `ROOM`: it is
    not any more. `FRAUD`: somebody tampers."""

    PASSING = "passing"
    RETURNED = "returned"
    LOST = "lost"
    JAMMED = "jammed"
    FULL = "full"
    ROOM = "room"
    FRAUD = "fraud"


_COIN = {
    **dict.fromkeys((6, 7, 16, 21, 22, 23, 29, 30, 31, 35, 36), Meaning.LOST),
    **dict.fromkeys((14, 15, 26, 32), Meaning.JAMMED),
    **dict.fromkeys((17, 20, 25, 40, 34), Meaning.FRAUD),
    255: Meaning.JAMMED,
}
"""Error codes of a coin acceptor, in the second byte while the first is 0. 6, 7 credit sensor or sorter saw no coin; 16
sensors out of turn; 21 to 23 dropping end; 29, 30 gate; 31 manifold; 35 motor; 36 swallowed. 14, 15, 26, 32 blocked. 17
backwards; 20 on a string; 25 slug; 34 security; 40 light. The others turn a coin away."""

_BILL = {
    1: Meaning.RETURNED,
    **dict.fromkeys((6, 7, 13, 15, 16), Meaning.JAMMED),
    **dict.fromkeys((8, 9, 17, 18, 19), Meaning.FRAUD),
    11: Meaning.JAMMED,
    14: Meaning.FULL,
    **dict.fromkeys((10, 12), Meaning.ROOM),
    21: Meaning.LOST,
}
"""Status codes of a bill validator, in the second byte while the first is 0. 6, 7, 16 jammed; 13, 15 stacker; 11
stacker removed, 14 full, 10, 12 well or in place again; 8 pulled back, 9 tampered, 17 light, 18, 19 string; 21 a note
was stacked unasked."""

STACKED = 0
IN_ESCROW = 1
"""Second byte of a bill event whose first is the bill's type."""


def of_coin(code: int) -> Meaning:
    """What an error code of a coin acceptor means."""
    return _COIN.get(code, Meaning.PASSING)


def of_bill(code: int) -> Meaning:
    """What a status code of a bill validator means."""
    return _BILL.get(code, Meaning.PASSING)
