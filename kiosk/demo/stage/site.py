"""A whole fictional site in one folder: a server's home with 2,000 residents, test cards, an admitted terminal. Made
with the same commands an operator uses, by processes of their own."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.demo.stage.processes import command, commands, running_server

MUNICIPALITY = "992011"
NEIGHBOUR = "992020"
"""Next door; it keeps the koseki of `ELSEWHERE_CARD`."""

TERMINAL = "kiosk-1"
_LINKED = ("--since", "2024-04-01")
"""A card of today could be used from tomorrow only."""


@dataclass(frozen=True, slots=True)
class DemoCard:
    """A card of the demonstration: its folder's name, the kind for `koufu-card`, whose it is, what to call it, and for
    how many days its X.509s are valid."""

    name: str
    kind: str
    resident: str
    label: str
    days_valid: int = 5 * 365


MAIN_CARD = DemoCard("tsuji-kengo", "normal", "tsuji-kengo", "4人世帯（1枚）")

CARDS = (
    MAIN_CARD,
    DemoCard("watanabe-shigeru", "normal", "watanabe-shigeru", "6人世帯（2枚）"),
    DemoCard("oliveira-maria", "normal", "oliveira-maria", "外国人住民"),
    DemoCard("tsuji-kengo-phone", "android", "tsuji-kengo", "スマートフォン"),
    DemoCard("ishii-toshio", "face-auth", "ishii-toshio", "顔認証カード"),
    DemoCard("matsui-kenji", "locked", "matsui-kenji", "暗証番号ロック"),
    DemoCard("endo-kazuya", "expired", "endo-kazuya", "期限切れ"),
    DemoCard("aoki-nozomi", "revoked", "aoki-nozomi", "失効"),
    DemoCard("ono-riko", "child", "ono-riko", "15歳未満"),
)

ELSEWHERE_CARD = DemoCard("yoshida-kazuko", "normal", "yoshida-kazuko", "本籍が例示市の方")
_HER_KOSEKI = ("--koseki", "koseki-yoshida", "--person", "yoshida-kazuko")

ERRAND_CARDS = (
    *CARDS[:3],
    DemoCard("yamazaki-daisuke", "normal", "yamazaki-daisuke", "6人世帯（本人と子）"),
    DemoCard("kuroda-hana", "normal", "kuroda-hana", "非課税の方"),
    DemoCard("kasai-masato", "normal", "kasai-masato", "罹災した方"),
    ELSEWHERE_CARD,
)
"""Whose errands the long demonstration walks."""


@dataclass(frozen=True, slots=True)
class Guest:
    """A card on the machine's own reader, which plays the main card's: DER of its X.509, and PEM and CRL files of who
    may have issued it."""

    user_auth_x509: bytes = field(repr=False)
    issuers: tuple[Path, ...]
    crls: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class DemoSite:
    """Where everything of the site lies."""

    folder: Path

    @property
    def home(self) -> Path:
        """The server's home."""
        return self.folder / "server"

    @property
    def neighbour(self) -> Path:
        """The home of the neighbour's server, where there is one."""
        return self.folder / "neighbour"

    @property
    def cards(self) -> Path:
        """The folder of `koufu-card`."""
        return self.folder / "cards"

    @property
    def terminal(self) -> Path:
        """TLS files of the terminal."""
        return self.home / "terminals" / TERMINAL


def make_site(folder: Path, cards: Sequence[DemoCard] = CARDS, guest: Guest | None = None) -> DemoSite:
    """A site in this folder, made anew. Raises `ConfigurationError` with what the failing command said."""
    site = DemoSite(folder)
    home = ("--home", str(site.home))
    folder.mkdir(parents=True, exist_ok=True)
    issued = [
        (
            *("issue", str(site.cards), "--name", card.name, "--kind", card.kind),
            *("--days-valid", str(card.days_valid)),
        )
        for card in cards
    ]
    commands("hardware.card.cli", [("init", str(site.cards)), *issued, ("crl", str(site.cards))])
    authority = site.cards / "ca" / "user-auth-1"
    begun = (
        ("init", *home, "--municipality", MUNICIPALITY),
        ("demo-data", *home),
        ("trust", "add", *home, f"{authority}.pem"),
        ("trust", "crl", *home, f"{authority}.crl"),
    )
    linked = [_linked(site, card, home) for card in cards]
    guests = [] if guest is None else _guest_linked(site, guest, home)
    commands("certserver.cli.main", [*begun, *linked, *guests, ("terminal", "add", *home, TERMINAL)])
    return site


def _linked(site: DemoSite, card: DemoCard, home: tuple[str, str]) -> tuple[str, ...]:
    x509 = str(site.cards / "cards" / card.name / "user-auth.pem")
    face = ("--face-auth",) if card.kind == "face-auth" else ()
    of_card = str(site.cards / "cards" / card.resident / "user-auth.pem")
    phone = ("--phone-of", of_card) if card.kind == "android" else ()
    return ("card", "link", *home, "--x509", x509, "--resident", card.resident, *_LINKED, *face, *phone)


def make_neighbour(site: DemoSite) -> None:
    """The municipality next door, which trusts the same cards and admits the terminal."""
    home = ("--home", str(site.neighbour))
    authority = site.cards / "ca" / "user-auth-1"
    x509 = str(site.terminal / "terminal.pem")
    commands(
        "certserver.cli.main",
        (
            ("init", *home, "--municipality", NEIGHBOUR),
            ("demo-data", *home),
            ("trust", "add", *home, f"{authority}.pem"),
            ("trust", "crl", *home, f"{authority}.crl"),
            ("terminal", "admit", *home, TERMINAL, "--x509", x509),
        ),
    )


@contextmanager
def running_neighbour(site: DemoSite) -> Iterator[None]:
    """The neighbour's server, named in the site's directory from its next start on. It serves with the site's TLS
    files: the terminal trusts one CA."""
    tls = site.home.resolve() / "tls"
    files = {"KEY": "server.key", "X509": "server.pem", "CLIENT_CA": "ca.pem", "CA_KEY": "ca.key"}
    environment = {f"KOUFU_SERVER_TLS_{name}": str(tls / file) for name, file in files.items()}
    exported, home = site.folder / "exported", ("--home", str(site.neighbour))
    command("certserver.cli.main", "node", "allow", *home, environment=environment)
    with running_server(site.neighbour, site.folder / "neighbour.log", workers=1, environment=environment) as server:
        address = {"KOUFU_SERVER_PUBLIC_ADDRESS": f"localhost:{server.port}"}
        command("certserver.cli.main", "directory", "export", *home, "--out", str(exported), environment=address)
        command("certserver.cli.main", "directory", "add", "--home", str(site.home), str(exported))
        yield


def export_trust_list(site: DemoSite, home: Path) -> Path:
    """The folder with the trust list of a home, as a recipient has it."""
    folder = site.folder / f"trust-{home.name}"
    command("certserver.cli.main", "trust-list", "export", "--home", str(home), str(folder))
    return folder


def approve(site: DemoSite) -> None:
    """An officer of the neighbour approves all that waits there: it is the same person's."""
    home = ("--home", str(site.neighbour))
    for line in command("certserver.cli.main", "enrolment", "list", *home).splitlines():
        number = line.split()[0]
        command("certserver.cli.main", "enrolment", "approve", *home, number, *_HER_KOSEKI, "--officer", "demo")


def _guest_linked(site: DemoSite, guest: Guest, home: tuple[str, str]) -> list[tuple[str, ...]]:
    x509 = site.folder / "guest.der"
    x509.write_bytes(guest.user_auth_x509)
    return [
        *(("trust", "add", *home, str(issuer)) for issuer in guest.issuers),
        *(("trust", "crl", *home, str(crl)) for crl in guest.crls),
        ("card", "link", *home, "--x509", str(x509), "--resident", MAIN_CARD.resident, *_LINKED),
    ]
