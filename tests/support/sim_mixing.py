"""A server that mixes people up, as those of the incidents did: it keeps what it answered one resident and gives it to
the next."""

from collections.abc import Callable
from dataclasses import dataclass, field

from koufu.v1 import issuance_pb2 as wire

Answers = list[bytes]


@dataclass
class Mixer:
    """Fits `SimNetwork.mix_up`. Keeps the first answer of each method; `swap` says what becomes of a later one."""

    method: str
    swap: Callable[[Answers, Answers], Answers]
    kept: dict[str, Answers] = field(default_factory=dict)
    mixed: int = 0

    def __call__(self, method: str, answers: Answers) -> Answers:
        if method not in self.kept:
            self.kept[method] = answers
            return answers
        if method != self.method:
            return answers
        self.mixed += 1
        return self.swap(self.kept[method], answers)


def the_earlier_one(kept: Answers, _now: Answers) -> Answers:
    """The whole answer of the one before."""
    return kept


def the_earlier_bytes(kept: Answers, now: Answers) -> Answers:
    """Own descriptions, the other one's bytes."""
    return [now[0], *kept[1:]]


def the_earlier_bytes_rightly_described(kept: Answers, now: Answers) -> Answers:
    """The other one's bytes under the own document number."""
    described = wire.PrepareReply.FromString(kept[0])
    own = wire.PrepareReply.FromString(now[0])
    described.document.document_no = own.document.document_no
    return [described.SerializeToString(), *kept[1:]]


def the_earlier_key(kept: Answers, now: Answers) -> Answers:
    """The own statement with the other one's key."""
    own, other = wire.ReleaseReply.FromString(now[0]), wire.ReleaseReply.FromString(kept[0])
    own.issued.key = other.issued.key
    return [own.SerializeToString(), *now[1:]]


def the_earlier_statement(kept: Answers, now: Answers) -> Answers:
    """The other one's statement with the own key."""
    own, other = wire.ReleaseReply.FromString(now[0]), wire.ReleaseReply.FromString(kept[0])
    own.issued.statement, own.issued.signature = other.issued.statement, other.issued.signature
    return [own.SerializeToString(), *now[1:]]
