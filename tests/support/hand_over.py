"""Cards that wait at a municipal counter, and the counter where they are handed over, in process or over the wire."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from certserver.applications.facts import Facts
from certserver.applications.states import Actor, EventKind, Role
from certserver.pipeline.card_applications.made_cards import register_made_card
from certserver.pipeline.card_applications.stepping import Which
from certserver.pipeline.card_applications.telling import tell
from certserver.pipeline.card_applications.who import Known
from certserver.registers.model import Household, RegisterDate
from certserver.registers.writing import write_household, write_resident
from koufu.v1 import applications_pb2 as wire
from tests.support.card_applications import (
    FORM,
    FORM_ID,
    LICENCE_AND_PASSPORT,
    PHOTO,
    Counter,
    at_hall,
    moved,
    officer,
    outcome,
    parts,
    take_applications,
    token,
    version_of,
)
from tests.support.registers import make_resident
from tests.support.server import ServerForTests, a_server
from tests.support.server_people import MUNICIPALITY

SERVER, MAKER = Actor("server", Role.SERVER), Actor("maker", Role.CARD_MAKER)
BORN = {
    "hisa": date(1948, 3, 31),
    "mei": date(2016, 9, 9),
    "rin": date(2008, 5, 5),
    "kengo": date(1980, 4, 1),
    "yoshida-kazuko": date(1947, 12, 8),
}
NAMES = {
    "hisa": "見本　久",
    "mei": "見本　芽衣",
    "rin": "見本　凛",
    "kengo": "見本　kengo",
    "yoshida-kazuko": "𠮷田　和子",
}
MADE = b"the X.509 of the made card"
"""The server keeps no more of it than that it is the same; `made=b""` of `card_waits`: the card maker named none."""
ADDRESS = "見本県見本市待町1番地"


@contextmanager
def a_hand_over_server(folder: Path) -> Iterator[ServerForTests]:
    """With somebody of 78, a pupil and one of 18 in the register."""
    with a_server(folder, filled=_wait_for_cards) as server:
        yield server


def _wait_for_cards(server: ServerForTests) -> None:
    take_applications(server)
    with server.database.writing() as connection:
        write_household(connection, MUNICIPALITY, Household("waiting", ADDRESS, "見本　久"))
        for key in ("hisa", "mei", "rin"):
            who = replace(make_resident(key, "waiting"), name=NAMES[key], born=RegisterDate(BORN[key]))
            write_resident(connection, MUNICIPALITY, who)


def card_waits(server: ServerForTests, resident: str = "hisa", counter: Counter | None = None, **more: Any) -> Counter:
    """The hall's counter, or another one of the municipality's, with an application whose card waits there."""
    hall = counter or at_hall(server)
    child, ward = resident == "mei", more.pop("ward", False)
    made: bytes = more.pop("made", MADE)
    comer = "legal-representative" if child or ward else "person"
    assert hall.open(resident, "counter", comer=comer, face_auth=more.pop("face_auth", False)) == "draft", hall.refusal
    form = FORM | {"name": NAMES[resident], "born": BORN[resident].isoformat()}
    if child or ward:
        form |= {"representative-name": "見本　久", "representative-relation": "母", "no-signing-x509": "yes"}
    if ward:
        form |= {"adult-ward": "yes"}
    assert hall.attach(content=PHOTO) == "draft"
    assert hall.tell(form, LICENCE_AND_PASSPORT, photo="fit") == "draft", hall.refusal
    for word in ("check-identity", "capture", "send"):
        hall.move(word)
    for event in (EventKind.TAKE, EventKind.APPROVE):
        moved(server, hall, officer(), event)
    which = Which(MUNICIPALITY, hall.application, version_of(server.database, hall))
    assert outcome(tell(parts(server), Known(SERVER), which, Facts(form_id=FORM_ID))) == "approved"
    for actor, event in (
        (SERVER, EventKind.ORDER_CARD),
        (MAKER, EventKind.ACCEPT),
    ):
        assert moved(server, hall, actor, event) not in ("need", "other-role"), event
    if made:
        which = Which(MUNICIPALITY, hall.application, version_of(server.database, hall))
        assert outcome(register_made_card(parts(server), Known(MAKER), which, made)) == "manufacturing"
    for actor, event in (
        (MAKER, EventKind.SHIP_TO_MUNICIPALITY),
        (officer(), EventKind.SET_UP),
        (officer(), EventKind.NOTIFY),
    ):
        after = moved(server, hall, actor, event)
        assert after not in ("need", "other-role"), event
    hall.version = version_of(server.database, hall)
    return hall


def finds(counter: Counter, **by: str) -> wire.FindWaitingReply:
    """Looks for a card, by `application`, or `name` and `born`."""
    asked = wire.FindWaitingRequest(desk=counter.desk, municipality=MUNICIPALITY, **by)
    reply: wire.FindWaitingReply = counter.call.FindWaiting(asked)
    if reply.HasField("waiting"):
        standing = reply.waiting.standing
        counter.application, counter.version = standing.application, standing.version
    return reply


@dataclass
class Brought:
    """Who came, and what they brought: of a 78-year-old's proxy everything that is wanted, until a test takes some of
    it away."""

    coming: str = "proxy"
    case: str = "aged-75"
    brought: tuple[str, ...] = ("letter-says-hard-to-go-out",)
    reply: bool = True
    letter_of_attorney: bool = True
    sealed_pin_form: bool = True
    of_holder: tuple[str, ...] = ("care-insurance-card", "disability-book")
    of_taker: tuple[str, ...] = ("driving-licence", "passport")
    adult_ward: bool = False
    physically: bool = False
    officer_grants: bool = False

    def message(self) -> wire.HandOver:
        """As it goes over the wire."""
        return wire.HandOver(
            coming=self.coming,
            case=self.case,
            adult_ward=self.adult_ward,
            physically=self.physically,
            officer_grants=self.officer_grants,
            brought=self.brought,
            reply=self.reply,
            letter_of_attorney=self.letter_of_attorney,
            sealed_pin_form=self.sealed_pin_form,
            of_holder=[wire.ShownDocument(kind=each) for each in self.of_holder],
            of_taker=[wire.ShownDocument(kind=each) for each in self.of_taker],
        )


PERSON = Brought(
    "person", case="", brought=(), reply=False, letter_of_attorney=False, sealed_pin_form=False, of_taker=()
)


def admits(counter: Counter, brought: Brought, of: bytes = b"") -> wire.AdmitTakerReply:
    """Asks whether the card may be handed over."""
    asked = wire.AdmitTakerRequest(
        desk=counter.desk, token=of or token(), which=counter.which, hand_over=brought.message()
    )
    reply: wire.AdmitTakerReply = counter.call.AdmitTaker(asked)
    if reply.HasField("admitted"):
        counter.version = reply.admitted.done.version
    return reply


def lacks(counter: Counter, brought: Brought) -> list[str]:
    """What is missing; nothing when the taker was admitted."""
    reply = admits(counter, brought)
    assert not reply.HasField("refusal"), reply.refusal
    return list(reply.lacking.lacks)


def compared(counter: Counter, x509: bytes = MADE, *, by_eye: bool = False) -> str:
    """The card on the desk is held against the application."""
    asked = wire.CompareCardRequest(
        desk=counter.desk, token=token(), which=counter.which, user_auth_x509=x509, by_eye=by_eye
    )
    return counter.took(counter.call.CompareCard(asked))


def activated(counter: Counter, pin_setting: str) -> str:
    """The card bears its PINs."""
    asked = wire.ActivatedRequest(desk=counter.desk, token=token(), which=counter.which, pin_setting=pin_setting)
    return counter.took(counter.call.Activated(asked))
