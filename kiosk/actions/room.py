"""How many bytes of the journal must have their place on disk before a visit may begin: more than the longest visit can
write, from the limits of an order and the bytes of each entry, with what a log adds to it."""

from koufu.evidence.order import MAX_COPIES, MAX_LINES

MOST_DOCUMENTS = MAX_LINES * MAX_COPIES
DEAREST_YEN = 450
"""Of one copy: a koseki. No municipality is known that takes more at a terminal."""
SMALLEST_YEN = 10
"""The smallest coin that any money device here takes."""
MOST_PIECES = MOST_DOCUMENTS * DEAREST_YEN // SMALLEST_YEN
"""Notes and coins that a payment can take. With more of them room may end with the disk full: then money goes back, as
with a disk that is broken."""
MOST_NOTES = 50
"""Calls for staff, and what is only written down, while one visit goes on."""

BYTES_OF_A_PIECE = 256
"""The entry of a note or coin that went in."""
BYTES_OF_A_DOCUMENT = 1536
"""Of one document: where it went to the printer, what came of it, its share in the release and in the outcome that the
server is told, and in all of them being void after all."""
BYTES_OF_A_NOTE = 1024
"""Written down, and told."""
BYTES_BESIDE = 5 * 1024
"""The order, the slots, payouts, a charge, the settlement, the end."""

ROOM_OF_A_VISIT = (
    MOST_PIECES * BYTES_OF_A_PIECE + MOST_DOCUMENTS * BYTES_OF_A_DOCUMENT + MOST_NOTES * BYTES_OF_A_NOTE + BYTES_BESIDE
)
"""Some 700 KB, of the two megabytes that a file has."""
