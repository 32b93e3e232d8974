"""The settings of a demonstration's terminal: everything virtual, the server on this machine."""

from kiosk.composition.settings import CardReaderKind, TerminalSettings
from kiosk.demo.stage.site import MUNICIPALITY, TERMINAL, DemoSite


def site_settings(site: DemoSite, port: int) -> TerminalSettings:
    """A terminal that residents use by themselves: no clerk's day opens it."""
    return TerminalSettings(
        municipality=MUNICIPALITY,
        terminal=TERMINAL,
        place="見本中央郵便局",
        place_en="Mihon Central Post Office",
        server_ca=site.terminal / "ca.pem",
        terminal_x509=site.terminal / "terminal.pem",
        terminal_key=site.terminal / "terminal.key",
        directory_address=f"localhost:{port}",
        directory_key=site.terminal / "directory.pub",
        journal=site.folder / "journal.json",
        printer="virtual:",
        slip_printer="virtual:",
        cash="virtual:",
        sensors="virtual:",
        card_reader=CardReaderKind.VIRTUAL,
        readings={"見本市": "みほんし"},
    )
