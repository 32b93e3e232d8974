"""The terminal's own X.509: on disk through every power cut, renewed in time, shown where only the former is known."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import Encoding

from certserver.signing.tls import LIFETIME, KeyAndX509, make_ca, make_terminal_x509, sign_terminal_key
from kiosk.actions.wire import Transport
from kiosk.actions.x509_files import FORMER, NEXT, X509Files
from kiosk.actions.x509s import RENEW_BEFORE_S, RETRY_S, Renewal, enrol
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
        self.free, self.renewals = True, 0
        self.said: list[str] = []
        self.others: tuple[str, ...] = ()
        self.renewal = Renewal(
            municipality="992011",
            terminal=NAME,
            files=files,
            home=lambda: self.server,
            former=self._former,
            others=lambda: self.others,
            free=lambda: self.free,
            renewed=self._renewed,
            now=self.clock,
            said=self.said.append,
        )
        self.files = files

    def _former(self, _municipality: str) -> Transport | None:
        return None if self.files.former() is None else self.server

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
    bench.clock.at += timedelta(seconds=RETRY_S)
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


def test_another_municipality_is_shown_the_renewed_one_once(files: X509Files, ca: KeyAndX509) -> None:
    bench = Bench(files, ca)
    assert not bench.renewal.introduce("992020")
    assert bench.server.asked == []
    bench.go_to_the_end()
    bench.renewal.look()
    assert bench.renewal.introduce("992020")
    assert not bench.renewal.introduce("992020")
    assert bench.server.asked == ["Renew", "Introduce"]
    bench.server.instead = lambda: wire.IntroduceReply(refusal=wire.X509Refusal(reason="foreign")).SerializeToString()
    assert not bench.renewal.introduce("992038")
    assert bench.said[-1] == "introduction refused: foreign"


def test_every_other_municipality_is_shown_it_while_the_former_one_counts(files: X509Files, ca: KeyAndX509) -> None:
    bench = Bench(files, ca)
    bench.others = ("992020", "992038")
    bench.renewal.look()
    assert bench.server.asked == []
    bench.go_to_the_end()
    for _ in range(4):
        bench.renewal.look()
    assert bench.server.asked == ["Renew", "Introduce", "Introduce"]


def test_one_that_is_away_is_shown_it_hours_later(files: X509Files, ca: KeyAndX509) -> None:
    bench = Bench(files, ca)
    bench.others = ("992020",)
    bench.go_to_the_end()
    bench.renewal.look()
    bench.server.instead = fault(ServerAway("away"))
    for _ in range(3):
        bench.renewal.look()
    assert bench.said == ["renewed", "introduction failed: ServerAway"]
    bench.server.instead = None
    bench.clock.at += timedelta(seconds=RETRY_S)
    bench.renewal.look()
    assert bench.server.asked == ["Renew", "Introduce", "Introduce"]
    assert not bench.renewal.introduce("992020")


def test_a_former_one_whose_time_is_over_is_of_no_use(files: X509Files, ca: KeyAndX509) -> None:
    bench = Bench(files, ca)
    bench.go_to_the_end()
    bench.renewal.look()
    bench.others = ("992020",)
    bench.clock.at = NOW + LIFETIME
    bench.renewal.look()
    assert bench.server.asked == ["Renew"]


def test_a_power_cut_between_the_two_files_leaves_a_pair(files: X509Files, ca: KeyAndX509, tmp_path: Path) -> None:
    before = files.present()
    der = signed(ca, files.request(NAME))
    (tmp_path / f"terminal.pem{NEXT}").write_bytes(x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM))
    assert files_in(tmp_path).present() == before
    (tmp_path / f"terminal.key{NEXT}").replace(tmp_path / "terminal.key")
    settled = files_in(tmp_path).present()
    assert x509.load_pem_x509_certificate(settled.x509) == x509.load_der_x509_certificate(der)
    assert files_in(tmp_path).present() == settled


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
