"""Papers of the counter over the wire. What comes back that was not announced is a fault, never a paper."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from google.protobuf.message import DecodeError

from kiosk.actions.counter.papers import MAX_BYTES, MAX_SHEETS, CounterPaper, PaperRefused, WantedPaper
from kiosk.actions.wire import LONG_S, Transport
from kiosk.errors import ServerFault
from koufu.v1 import applications_pb2 as wire

PAPER = "/koufu.v1.ApplicationService/Paper"

_PDF = b"%PDF-"


@dataclass(frozen=True, slots=True)
class WirePapers:
    """The `PaperSource` at the server of the municipality that this counter works for. `connect` gives the transport to
    it, `session` the session of whoever is signed in."""

    connect: Callable[[], Transport]
    municipality: str
    session: Callable[[], bytes]

    def paper(self, wanted: WantedPaper) -> CounterPaper | PaperRefused:
        """The paper, or why there is none."""
        desk = wire.Desk(municipality=self.municipality, session=self.session())
        asked = wire.PaperRequest(desk=desk, kind=wanted.kind, language=wanted.language)
        if wanted.application:
            which = wire.WhichApplication(municipality=wanted.municipality, application=wanted.application)
            asked.which.CopyFrom(which)
        if (about := wanted.matter) is not None:
            matter = wire.PaperMatter(procedure=about.procedure, comer=about.comer, municipality=about.municipality)
            asked.matter.CopyFrom(matter)
        return _gathered(self.connect().stream(PAPER, asked.SerializeToString(), LONG_S))


def _gathered(replies: Iterable[bytes]) -> CounterPaper | PaperRefused:
    head: wire.PaperHead | None = None
    content = bytearray()
    for sent in replies:
        try:
            reply = wire.PaperReply.FromString(sent)
        except DecodeError as error:
            raise ServerFault("the server answered with bytes that are no message") from error
        match reply.WhichOneof("part"):
            case "refusal":
                return PaperRefused(reply.refusal.reason, tuple(reply.refusal.fields))
            case "head" if head is None:
                head = reply.head
            case "piece" if head is not None and len(content) + len(reply.piece) <= MAX_BYTES:
                content += reply.piece
            case _:
                raise ServerFault("a paper came in another order, or longer, than any is")
    if head is None or not 0 < head.sheets <= MAX_SHEETS or not content.startswith(_PDF):
        raise ServerFault("what came is no paper")
    return CounterPaper(head.title, head.sheets, bytes(content))
