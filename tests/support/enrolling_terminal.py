"""A terminal that enrols with a test server: the port for it, the terminal's settings, and its own parts that speak to
the server afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from certserver.composition.enrolling import start_enrolling
from certserver.composition.server_x509 import TlsOnDisk
from certserver.service.edge import Edge
from certserver.service.pace import Pace
from kiosk.actions.server import Owed, Pulse, Told
from kiosk.actions.wire import WireServer as OwnServer
from kiosk.actions.x509s import Renewal
from kiosk.cli import main
from kiosk.composition.settings import load_settings
from kiosk.composition.transports import Transports
from kiosk.flow.values.service import OutOfService
from koufu.evidence.directory import DirectoryEntry
from koufu.evidence.trustlist import Signatory
from tests.support.server import ServerForTests, WireServer
from tests.support.server_people import MUNICIPALITY
from tests.support.terminals import WELL


@contextmanager
def a_port_to_enrol(server: ServerForTests) -> Iterator[int]:
    """Where terminals enrol with a server."""

    def ended(**_fields: object) -> None:
        """Nothing is counted here."""

    edge = Edge(Pace(lambda: 0.0, lambda _seconds: None), ended, ended)
    enrolling = start_enrolling(server.node, TlsOnDisk(server.node.home, server.node.settings), "127.0.0.1:0", edge)
    try:
        yield enrolling.port
    finally:
        enrolling.stop()


@dataclass
class EnrollingTerminal:
    """A terminal in a folder of its own, that has a settings file and the CA of its server."""

    folder: Path
    wire: WireServer
    port: int
    name: str

    def __post_init__(self) -> None:
        self.folder.mkdir()
        (self.folder / "ca.pem").write_bytes((self.wire.server.home / "tls" / "ca.pem").read_bytes())
        set_here = {
            "municipality": MUNICIPALITY,
            "terminal": self.name,
            "place": "見本中央郵便局",
            "place_en": "Mihon Central Post Office",
            "server_ca": self.folder / "ca.pem",
            "terminal_x509": self.folder / "terminal.pem",
            "terminal_key": self.folder / "terminal.key",
            "directory_address": self.wire.address,
            "directory_key": self.folder / "directory.pub",
            "journal": self.folder / "journal.json",
            "printer": "virtual:",
            "slip_printer": "virtual:",
            "cash": "virtual:",
            "sensors": "virtual:",
            "card_reader": "virtual",
        }
        self.file.write_text("".join(f'{name} = "{value}"\n' for name, value in set_here.items()))

    @property
    def file(self) -> Path:
        """Its settings."""
        return self.folder / "kiosk.toml"

    def enrol(self, code: str, *more: str) -> int:
        """`koufu-kiosk enrol`; its exit status."""
        code_file = self.folder / "code"
        code_file.write_text(f"{code}\n")
        server = f"localhost:{self.port}"
        settings = ("--settings", str(self.file), "--server", server, "--code-file", str(code_file))
        return main(["enrol", *settings, *more])

    @contextmanager
    def started(self) -> Iterator["StartedTerminal"]:
        """Its parts that speak to the server, as a program that runs has them."""
        transports = Transports(load_settings(self.file))
        try:
            yield StartedTerminal(self, transports)
        finally:
            transports.close()


@dataclass
class StartedTerminal:
    """A terminal that runs."""

    terminal: EnrollingTerminal
    transports: Transports

    def beat(self, *faults: OutOfService, told: Told | None = None) -> Pulse:
        """A heartbeat over mutual TLS."""
        return self._server().heartbeat(dict(WELL), (), told or Told(faults, 480, Owed()))

    def renewal(self, said: list[str]) -> Renewal:
        """Its renewal, by the clock of the server."""
        address = self.terminal.wire.address
        clock = self.terminal.wire.server.clock
        return Renewal(
            municipality=MUNICIPALITY,
            terminal=self.terminal.name,
            files=self.transports.files,
            home=lambda: self.transports.to(address),
            by=lambda _municipality, pair: self.transports.by(address, pair),
            others=tuple,
            free=lambda: True,
            owes=lambda: False,
            renewed=self.transports.renewed,
            now=lambda: int(clock.now().timestamp()),
            said=said.append,
        )

    def _server(self) -> OwnServer:
        address = self.terminal.wire.address

        def entry(municipality: str) -> DirectoryEntry:
            return DirectoryEntry(municipality, "見本市", "みほんし", "Mihon City", "見本県", "Mihon", True, address)

        def keys(municipality: str, *, anew: bool = False) -> Signatory:
            raise AssertionError(f"a heartbeat asks for no key of {municipality}, {anew}")

        return OwnServer(MUNICIPALITY, entry, keys, self.transports.to)
