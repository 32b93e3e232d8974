"""The terminal's own X.509: on disk through every power cut, renewed in time, shown where only the former is known."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import Encoding

from certserver.signing.tls import LIFETIME, KeyAndX509, make_ca, make_terminal_x509, sign_terminal_key
from kiosk.actions.wire import Transport
from kiosk.actions.x509_files import FORMER, NEXT, Pair, X509Files
from kiosk.actions.x509s import NOT_THIS_KEY, RENEW_ANYWAY_S, RENEW_BEFORE_S, RETRY_S, Renewal, enrol
from kiosk.errors import ConfigurationError, ServerAway, ServerFault, X509Refused
from koufu.v1 import terminals_pb2 as wire

NOW = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)
NAME = "kiosk-1"
REFUSED = wire.X509Refusal(reason="no-ca")


@pytest.fixture(scope="module")
def ca() -> KeyAndX509:
    return make_ca(NOW - timedelta(days=1))


@pytest.fixture
def files(tmp_path: Path, ca: KeyAndX509) -> X509Files:
    """A terminal that has a pair."""
    made = make_terminal_x509(ca, NAME, NOW)
    (tmp_path / "terminal.key").write_bytes(made.key)
    (tmp_path / "terminal.pem").write_bytes(made.x509)
    return files_in(tmp_path)


def files_in(folder: Path) -> X509Files:
    return X509Files(folder / "terminal.key", folder / "terminal.pem")


def signed(ca: KeyAndX509, request: bytes, now: datetime = NOW) -> bytes:
    key = x509.load_der_x509_csr(request).public_key()
    assert isinstance(key, EllipticCurvePublicKey)
    return sign_terminal_key(ca, NAME, key, now)


class Answering:
    """A server's side: signs what it is asked for, unless it is told to answer something else."""

    def __init__(self, ca: KeyAndX509, clock: "Clock") -> None:
        self.ca, self.clock = ca, clock
        self.asked: list[str] = []
        self.asked_of: list[str] = []
        self.requests: list[bytes] = []
        self.instead: Callable[[], bytes] | None = None

    def unary(self, method: str, request: bytes, deadline: float) -> bytes:
        self.asked.append(method.rpartition("/")[2])
        if self.instead is not None:
            return self.instead()
        if method.endswith("Introduce"):
            return wire.IntroduceReply().SerializeToString()
        enrols = method.endswith("Enrol")
        asked = wire.EnrolRequest.FromString(request) if enrols else wire.RenewRequest.FromString(request)
        self.requests.append(asked.request)
        der = signed(self.ca, asked.request, self.clock.at)
        reply = wire.EnrolReply(x509=der) if enrols else wire.RenewReply(x509=der)
        return reply.SerializeToString()

    def stream(self, method: str, request: bytes, deadline: float) -> Iterable[bytes]:
        raise AssertionError(f"{method} is no stream")


class Clock:
    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> int:
        return int(self.at.timestamp())


class Bench:
    def __init__(self, files: X509Files, ca: KeyAndX509) -> None:
        self.clock = Clock()
        self.server = Answering(ca, self.clock)
        self.elsewhere = Answering(ca, self.clock)
        self.proof: Callable[[], bytes] | None = None
        """What the own server answers whoever comes with another pair than the present one."""
        self.came_by: list[Pair] = []
        self.open, self.owes = 0, False
        self.free, self.renewals = True, 0
        self.said: list[str] = []
        self.others: tuple[str, ...] = ()
        self.renewal = Renewal(
            municipality="992011",
            terminal=NAME,
            files=files,
            home=lambda: self.server,
            by=self._by,
            others=lambda: self.others,
            free=lambda: self.free,
            owes=lambda: self.owes,
            renewed=self._renewed,
            now=self.clock,
            said=self.said.append,
        )
        self.files = files

    @contextmanager
    def _by(self, municipality: str, pair: Pair) -> Iterator[Transport]:
        self.came_by.append(pair)
        self.open += 1
        if municipality == "992011":
            own = Answering(self.server.ca, self.clock)
            own.instead = self.proof
            yield own
        else:
            self.elsewhere.asked_of.append(municipality)
            yield self.elsewhere
        self.open -= 1

    def _renewed(self) -> None:
        self.renewals += 1

    def go_to_the_end(self) -> None:
        self.clock.at = NOW + LIFETIME - timedelta(seconds=RENEW_BEFORE_S)


def fault(error: Exception) -> Callable[[], bytes]:
    def answer() -> bytes:
        raise error

    return answer


def test_it_is_renewed_with_a_new_key_when_its_end_is_near(files: X509Files, ca: KeyAndX509) -> None:
    bench, before = Bench(files, ca), files.present()
    bench.renewal.look()
    assert bench.server.asked == []
    bench.go_to_the_end()
    bench.renewal.look()
    assert (bench.server.asked, bench.renewals, bench.said) == (["Renew"], 1, ["renewed"])
    assert files.present() != before
    assert files.former() == before
    assert files.ends_at() == bench.clock.at + LIFETIME
    assert bench.came_by == [files.present()], "it was let in by the new one before that counted"
    bench.clock.at += timedelta(seconds=RETRY_S)
    bench.renewal.look()
    assert bench.server.asked == ["Renew"]


@pytest.mark.parametrize(
    "proof",
    [
        lambda: wire.IntroduceReply(refusal=wire.X509Refusal(reason="not-admitted")).SerializeToString(),
        lambda: fault(ServerAway("TLS"))(),
    ],
)
def test_a_new_one_that_the_server_does_not_let_in_replaces_nothing(
    proof: Callable[[], bytes], files: X509Files, ca: KeyAndX509
) -> None:
    bench, before = Bench(files, ca), files.present()
    bench.go_to_the_end()
    bench.proof = proof
    bench.renewal.look()
    assert (files.present(), files.former(), bench.renewals) == (before, None, 0)
    assert bench.came_by[0] != before
    bench.proof = None
    bench.clock.at += timedelta(seconds=RETRY_S)
    bench.renewal.look()
    assert (files.former(), bench.renewals) == (before, 1)


def test_a_key_that_the_server_takes_for_no_next_one_is_asked_for_once(files: X509Files, ca: KeyAndX509) -> None:
    bench = Bench(files, ca)
    bench.go_to_the_end()
    key_at_first = x509.load_der_x509_csr(files.request(NAME)).public_key()
    bench.server.instead = lambda: wire.RenewReply(refusal=wire.X509Refusal(reason=NOT_THIS_KEY)).SerializeToString()
    bench.renewal.look()
    assert bench.said == ["renewal refused: request"]
    bench.server.instead = None
    bench.clock.at += timedelta(seconds=RETRY_S)
    bench.renewal.look()
    assert x509.load_der_x509_csr(bench.server.requests[0]).public_key() != key_at_first
    assert bench.renewals == 1


def test_i7_it_waits_for_outcomes_that_others_have_not_heard_of_but_not_to_its_end(
    files: X509Files, ca: KeyAndX509
) -> None:
    bench = Bench(files, ca)
    bench.go_to_the_end()
    bench.owes = True
    bench.renewal.look()
    assert bench.server.asked == []
    bench.clock.at = NOW + LIFETIME - timedelta(seconds=RENEW_ANYWAY_S)
    bench.renewal.look()
    assert bench.server.asked == ["Renew"]


def test_nothing_is_renewed_while_somebody_is_signed_in(files: X509Files, ca: KeyAndX509) -> None:
    bench = Bench(files, ca)
    bench.go_to_the_end()
    bench.free = False
    bench.renewal.look()
    assert bench.server.asked == []
    bench.free = True
    bench.renewal.look()
    assert bench.server.asked == ["Renew"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (fault(ServerAway("away")), "renewal failed: ServerAway"),
        (fault(ServerFault("fault")), "renewal failed: ServerFault"),
        (lambda: wire.RenewReply(refusal=REFUSED).SerializeToString(), "renewal refused: no-ca"),
        (lambda: wire.RenewReply(x509=b"none").SerializeToString(), "renewal failed: ServerFault"),
        (lambda: b"\xff\xff", "renewal failed: ServerFault"),
    ],
)
def test_what_fails_leaves_the_present_one_and_is_tried_again_with_the_same_key(
    answer: Callable[[], bytes], said: str, files: X509Files, ca: KeyAndX509
) -> None:
    bench, before = Bench(files, ca), files.present()
    bench.go_to_the_end()
    bench.server.instead = answer
    bench.renewal.look()
    bench.renewal.look()
    assert (bench.server.asked, bench.said, bench.renewals) == (["Renew"], [said], 0)
    assert files.present() == before
    key_at_first = x509.load_der_x509_csr(files.request(NAME)).public_key()
    bench.server.instead = None
    bench.clock.at += timedelta(seconds=RETRY_S)
    bench.renewal.look()
    assert bench.renewals == 1
    assert x509.load_der_x509_csr(bench.server.requests[0]).public_key() == key_at_first


def test_a_full_disk_is_told_and_harms_nothing(files: X509Files, ca: KeyAndX509, tmp_path: Path) -> None:
    bench, before = Bench(files, ca), files.present()
    bench.go_to_the_end()
    (tmp_path / f"terminal.pem{NEXT}").mkdir()
    bench.renewal.look()
    assert bench.said == ["renewal failed: ConfigurationError"]
    assert files.present() == before


def refused(reason: str) -> Callable[[], bytes]:
    return lambda: wire.IntroduceReply(refusal=wire.X509Refusal(reason=reason)).SerializeToString()


def test_another_municipality_is_shown_the_renewed_one_once(files: X509Files, ca: KeyAndX509) -> None:
    bench, before = Bench(files, ca), files.present()
    assert not bench.renewal.introduce("992020")
    assert bench.elsewhere.asked == []
    bench.go_to_the_end()
    bench.renewal.look()
    assert bench.renewal.introduce("992020")
    assert not bench.renewal.introduce("992020")
    assert bench.elsewhere.asked == ["Introduce"]
    assert bench.came_by[-1] == before
    assert bench.open == 0, "no channel is left open"


def test_one_that_refused_it_is_asked_again_hours_later(files: X509Files, ca: KeyAndX509) -> None:
    bench = Bench(files, ca)
    bench.go_to_the_end()
    bench.renewal.look()
    bench.elsewhere.instead = refused("not-admitted")
    for _ in range(2):
        assert not bench.renewal.introduce("992038")
    assert bench.said[1:] == ["introduction refused: not-admitted"]
    bench.elsewhere.instead = None
    bench.clock.at += timedelta(seconds=RETRY_S)
    assert bench.renewal.introduce("992038")


def test_every_other_municipality_is_shown_it_while_the_former_one_counts(files: X509Files, ca: KeyAndX509) -> None:
    bench = Bench(files, ca)
    bench.others = ("992020", "992038")
    bench.renewal.look()
    assert bench.elsewhere.asked == []
    bench.go_to_the_end()
    for _ in range(4):
        bench.renewal.look()
    assert bench.elsewhere.asked_of == ["992020", "992038"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (fault(ServerAway("away")), "introduction failed: ServerAway"),
        (refused("not-admitted"), "introduction refused: not-admitted"),
    ],
)
def test_one_that_can_not_be_shown_it_keeps_no_other_waiting_and_is_tried_hours_later(
    answer: Callable[[], bytes], said: str, files: X509Files, ca: KeyAndX509
) -> None:
    bench = Bench(files, ca)
    bench.others = ("992020", "992038")
    bench.go_to_the_end()
    bench.renewal.look()
    bench.elsewhere.instead = answer
    bench.renewal.look()
    bench.elsewhere.instead = None
    for _ in range(3):
        bench.renewal.look()
    assert bench.said == ["renewed", said]
    assert bench.elsewhere.asked_of == ["992020", "992038"]
    bench.clock.at += timedelta(seconds=RETRY_S)
    bench.renewal.look()
    assert bench.elsewhere.asked_of == ["992020", "992038", "992020"]
    assert not bench.renewal.introduce("992020")


def test_nobody_who_is_served_waits_for_it_to_be_shown_around(files: X509Files, ca: KeyAndX509) -> None:
    bench = Bench(files, ca)
    bench.others = ("992020",)
    bench.go_to_the_end()
    bench.renewal.look()
    bench.free = False
    bench.renewal.look()
    assert bench.elsewhere.asked_of == []
    bench.free = True
    bench.renewal.look()
    assert bench.elsewhere.asked_of == ["992020"]


def test_a_former_one_whose_time_is_over_is_of_no_use(files: X509Files, ca: KeyAndX509) -> None:
    bench = Bench(files, ca)
    bench.go_to_the_end()
    bench.renewal.look()
    bench.others = ("992020",)
    bench.clock.at = NOW + LIFETIME
    bench.renewal.look()
    assert not bench.renewal.introduce("992020")
    assert bench.elsewhere.asked == []


@pytest.mark.parametrize("came_first", ["key", "pem"])
def test_a_power_cut_between_the_two_files_leaves_a_pair(
    came_first: str, files: X509Files, ca: KeyAndX509, tmp_path: Path
) -> None:
    before = files.present()
    der = signed(ca, files.request(NAME))
    following = files.keep(NAME, der)
    assert files_in(tmp_path).present() == before
    (tmp_path / f"terminal.{came_first}{NEXT}").replace(tmp_path / f"terminal.{came_first}")
    assert files_in(tmp_path).present() == following
    assert files_in(tmp_path).present() == following


def test_files_that_do_not_belong_together_are_told(files: X509Files, ca: KeyAndX509, tmp_path: Path) -> None:
    (tmp_path / "terminal.pem").write_bytes(make_terminal_x509(ca, NAME, NOW).x509)
    with pytest.raises(ConfigurationError, match="is not that of"):
        files.present()
    (tmp_path / "terminal.pem").unlink()
    with pytest.raises(ConfigurationError, match="can't be read"):
        files.present()


def test_a_terminal_enrols_into_files_that_it_alone_reads(ca: KeyAndX509, tmp_path: Path) -> None:
    files, server = files_in(tmp_path), Answering(ca, Clock())
    assert not files.exist()
    enrol(files, server, "992011", NAME, "code")
    assert files.exist()
    assert files.former() is None
    assert (tmp_path / "terminal.key").stat().st_mode & 0o777 == 0o600
    assert files.present().x509.startswith(b"-----BEGIN CERTIFICATE-----")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["terminal.key", "terminal.pem"]


def test_what_is_not_given_is_told_and_a_foreign_x509_not_taken(ca: KeyAndX509, tmp_path: Path) -> None:
    files, server = files_in(tmp_path), Answering(ca, Clock())
    refusal = wire.X509Refusal(reason="wait", wait_s=30)
    server.instead = lambda: wire.EnrolReply(refusal=refusal).SerializeToString()
    with pytest.raises(X509Refused) as refused:
        enrol(files, server, "992011", NAME, "code")
    assert (refused.value.reason, refused.value.wait_s) == ("wait", 30)
    foreign = make_terminal_x509(ca, NAME, NOW).x509
    der = x509.load_pem_x509_certificate(foreign).public_bytes(Encoding.DER)
    server.instead = lambda: wire.EnrolReply(x509=der).SerializeToString()
    with pytest.raises(ServerFault, match="asked for"):
        enrol(files, server, "992011", NAME, "code")
    assert not files.exist()
    assert not (tmp_path / f"terminal.key{FORMER}").exists()
