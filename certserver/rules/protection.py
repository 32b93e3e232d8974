"""Whom a protective measure or an issuance hold covers, and what it keeps back: every document on which that person's
address would stand, whoever orders it (I14). Counted, not searched: the work is the same wherever such a person
stands. Measure and hold are one here, so that no answer can tell them apart."""

from collections.abc import Mapping

from certserver.registers.model import PrintedAddress, StatusNow
from certserver.registers.snapshot import RegisterSnapshot
from koufu.evidence.words import KOSEKI_KINDS, TAX_KINDS, CertificateKind

_SHOWN_ON: Mapping[PrintedAddress, frozenset[CertificateKind]] = {
    PrintedAddress.HOUSEHOLD: frozenset(CertificateKind)
    - {CertificateKind.KOSEKI_FULL, CertificateKind.KOSEKI_INDIVIDUAL},
    PrintedAddress.FORMER: frozenset({CertificateKind.RESIDENCE, CertificateKind.RESIDENCE_ITEMS}),
    PrintedAddress.TAX: TAX_KINDS,
    PrintedAddress.DAMAGE: frozenset({CertificateKind.DISASTER_VICTIM}),
    PrintedAddress.SUPPLEMENT: frozenset({CertificateKind.KOSEKI_SUPPLEMENT}),
}
"""On which kinds each address may stand, whatever scope and matter are chosen."""


def is_withheld(kind: CertificateKind, status: StatusNow) -> bool:
    """Whether a kind is kept back from the person who orders.

    The household's address stands on every kind and is the address of everybody in it, so one protected person keeps
    back all kinds. Who moved out or died is on none of them: their address is another by now. The supplement shows the
    addresses of everybody in the koseki, up to the last one of those removed from it. The koseki itself shows no
    address; it is kept back with the supplement all the same, since a hold forbids it and nobody may tell the two
    apart by what is still to be had.

    The same address may stand elsewhere too: on the paper of somebody in another koseki who shares the home, of another
    household in the house, of whoever lived there on 1 January or moved away from there. Nobody is told by which year,
    damage or person."""
    here = sum(person.lives_here & bool(person.withholding) for person in status.members)
    here += status.orderer is not None and bool(status.orderer.withholding)
    koseki = status.koseki
    recorded = 0 if koseki is None else koseki.withheld
    removed = 0 if koseki is None else koseki.withheld_removed
    counted = here + recorded * (kind in KOSEKI_KINDS) + removed * (kind is CertificateKind.KOSEKI_SUPPLEMENT)
    counted += sum((where in status.protected) & (kind in kinds) for where, kinds in _SHOWN_ON.items())
    return counted > 0


def koseki_withheld(snapshot: RegisterSnapshot) -> tuple[int, int]:
    """How many people of the koseki are withheld, by whichever register's row: those recorded, and those removed."""
    people = () if snapshot.koseki is None else snapshot.koseki.koseki.people
    withheld = [person.removed for person in people if person.withholding]
    return withheld.count(False), withheld.count(True)
