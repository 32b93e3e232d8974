"""What a site sets for its terminal: one TOML file, checked at start. It holds no secret, only where secrets are."""

import tomllib
from enum import Enum
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from kiosk.errors import ConfigurationError

LONGEST = 100_000
"""Bytes of a settings file."""

LONGEST_TOLD = 80
"""Characters of a value that is wrong, in what is said of it."""


DRAWER = "drawer:"
"""The clerk's drawer in the place of a cash device."""


NO_CASHLESS = "none"
"""No payment terminal."""


DAY_BOOK = "day.json"
"""The book of a counter's day, beside the journal."""


TILL = "till.json"
"""The account of a cash device, beside the journal."""


DEVICES = (
    "printer",
    "slip_printer",
    "cash",
    "cashless",
    "sensors",
    "voice",
    "headphones",
    "camera",
    "scanner",
)
"""Settings that name a device, which may be a virtual one."""


class CardReaderKind(Enum):
    """Which reader the terminal has."""

    PCSC = "pcsc"
    VIRTUAL = "virtual"


class Layout(Enum):
    """Which way the panel stands."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class TerminalSettings(BaseModel):
    """Every setting of a terminal."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    municipality: Annotated[str, Field(pattern=r"^\d{6}$", description="Code of the municipality served, 6 digits.")]
    terminal: Annotated[
        str, Field(min_length=1, max_length=64, description="Terminal id: the name in the terminal's X.509.")
    ]
    place: Annotated[str, Field(description="Where it stands, in Japanese: 「見本中央郵便局」. Collector on receipts.")]
    place_en: Annotated[str, Field(description="Where it stands, in English.")]
    server_ca: Annotated[Path, Field(description="PEM of the CA that the server's X.509 stands under.")]
    terminal_x509: Annotated[Path, Field(description="PEM of the terminal's X.509 for mutual TLS.")]
    terminal_key: Annotated[Path, Field(description="PEM of the terminal's private key; readable by the kiosk only.")]
    directory_address: Annotated[str, Field(description="host:port of a server that gives the signed directory.")]
    directory_key: Annotated[Path, Field(description="Raw Ed25519 public key of the issuance centre, in hex.")]
    journal: Annotated[Path, Field(description="File of the journal; its folder must be the kiosk's own.")]
    printer: Annotated[
        str,
        Field(
            description="ipp(s)://host:port/ipp/print, cups:QUEUE for a queue of this machine's CUPS that is set up "
            "for it, escpos+tcp://host:9100?dots=1654 for a page printer, pdf:FOLDER or virtual: (both only with "
            "virtual devices)."
        ),
    ]
    slip_printer: Annotated[
        str, Field(description="serial:/dev/koufu/serial-…, tcp://host:9100, file:PATH or virtual:")
    ]
    cash: Annotated[
        str,
        Field(
            pattern="^(virtual:|drawer:|cctalk:/.+)$",
            description="cctalk:/dev/koufu/serial-… for coin acceptor, bill validator and hoppers on one bus, drawer: "
            "where a clerk takes the money (with counter = true), or virtual: (only with a virtual card reader).",
        ),
    ]
    cashless: Annotated[
        str,
        Field(
            pattern="^(none|virtual:)$",
            description="Payment terminal for cards and electronic money: none, or virtual: (only with a virtual card "
            "reader).",
        ),
    ] = NO_CASHLESS
    sensors: Annotated[
        str,
        Field(
            pattern="^(virtual:|serial:/.+)$",
            description="Tray, slots, presence, door, UPS, lamp, watchdog: serial:/dev/koufu/serial-… for a sensor "
            "board (docs/sensor-board.md), or virtual:, which sees no real tray (only with a virtual card reader).",
        ),
    ]
    layout: Annotated[Layout, Field(description="portrait (1080x1920) or landscape (1280x1024).")] = Layout.PORTRAIT
    pitch_mm: Annotated[float, Field(gt=0.05, lt=1.0, description="Width of one pixel of the panel in mm.")] = 0.248
    card_reader: Annotated[CardReaderKind, Field(description="pcsc or virtual.")] = CardReaderKind.PCSC
    card_reader_name: Annotated[
        str | None, Field(description="Part of the PC/SC reader's name; the first if absent.")
    ] = None
    voice: Annotated[
        str,
        Field(
            pattern=r"^(alsa:.+|none|virtual:)$",
            description="alsa:DEVICE (`aplay -L` names them), none, or virtual: (only with a virtual card reader).",
        ),
    ] = "alsa:default"
    headphones: Annotated[
        str | None,
        Field(
            pattern=r"^(alsa:.+|virtual:)$",
            description="The jack's own device, never that of `voice`: alsa:DEVICE, or virtual: (only with a virtual "
            "card reader). Without it nobody can hear their individual number.",
        ),
    ] = None
    headphone_jack: Annotated[
        str | None,
        Field(
            pattern=r"^[A-Za-z0-9_]+:[^'\"]+$",
            description="CARD:CONTROL, which tells whether headphones are plugged in (`amixer -c CARD contents` names "
            "it): 0:Headphone Jack.",
        ),
    ] = None
    readings: Annotated[
        dict[str, str], Field(description="How names are read aloud that no synthesiser knows: 見本市 = みほんし.")
    ] = {}
    printer_ca: Annotated[
        Path | None, Field(description="PEM of the CA of an ipps: printer, also of one behind a queue.")
    ] = None
    slip_width_dots: Annotated[Literal[384, 576], Field(description="384 for 58 mm paper, 576 for 80 mm.")] = 576
    counter: Annotated[
        bool, Field(description="true at a post office's counter: a second window is the clerk's desk.")
    ] = False
    counter_place: Annotated[
        Literal["post-office", "municipal-counter", "field-intake", "field-support"],
        Field(description="What kind of place the counter is; only with counter = true."),
    ] = "post-office"
    writing_terminal: Annotated[
        str | None,
        Field(
            pattern=r"^(127\.0\.0\.1|localhost):\d{1,5}$",
            description="host:port of `koufu-simulators` on this machine: issuer of X.509s and card-writing terminal. "
            "Only simulated ones in this version; without it no card is written.",
        ),
    ] = None
    writing_operators: Annotated[
        Path | None,
        Field(
            description="File with a line for each member of staff who writes cards: their mark, as whom they sign on "
            "to the card-writing terminal, what they know, what they have."
        ),
    ] = None
    refuses_weak_pins: Annotated[
        bool, Field(description="true where the municipality does not take PINs that are easy to guess.")
    ] = False
    staff_card_reader_name: Annotated[
        str | None,
        Field(description="Part of the PC/SC name of the reader at the clerk's side; without it no staff cards."),
    ] = None
    camera: Annotated[
        str,
        Field(
            description="Of a counter: device:NUMBER, device:/dev/video0, none, or virtual: (only with a virtual card "
            "reader)."
        ),
    ] = "none"
    scanner: Annotated[
        str,
        Field(
            description="Of a counter: folder:PATH that the scanner writes into, none, or virtual: (only with a "
            "virtual card reader)."
        ),
    ] = "none"
    scanner_dpi: Annotated[
        int, Field(ge=100, le=1200, description="How the scanner is set; a photo on paper wants 356 or more.")
    ] = 400
    printer_profile: Annotated[
        str | None,
        Field(
            min_length=1,
            max_length=64,
            description="Copy-warning ground that suits the printer (`koufu-kiosk calibrate`); if absent, the usual.",
        ),
    ] = None

    @model_validator(mode="after")
    def _together(self) -> Self:
        wrong = self._virtual_beside_a_real_card()
        if self.cash == DRAWER and not self.counter:
            wrong.append('cash = "drawer:" is only for a counter, with counter = true')
        if self.cash == DRAWER and self.cashless != NO_CASHLESS:
            wrong.append("cashless is only for a terminal where no clerk takes the money")
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    def _virtual_beside_a_real_card(self) -> list[str]:
        """Where a resident comes with a real card, money, paper and what is seen of them are real (I13), and no
        document lies in a folder (I11)."""
        if self.card_reader is CardReaderKind.VIRTUAL:
            return []
        named: dict[str, str | None] = {name: getattr(self, name) for name in DEVICES}
        return [
            f'{name} = "{address}" is only for a virtual card reader, with card_reader = "virtual"'
            for name, address in named.items()
            if address is not None and address.partition(":")[0] in _without_a_device(name)
        ]


def _without_a_device(name: str) -> tuple[str, ...]:
    """Schemes in that setting that nothing real stands behind."""
    return ("virtual", "pdf") if name == "printer" else ("virtual",)


def load_settings(file: Path) -> TerminalSettings:
    """The settings in this TOML file. Raises `ConfigurationError` that names each setting that is wrong."""
    try:
        with file.open("rb") as stored:
            content = stored.read(LONGEST + 1)
    except FileNotFoundError as error:
        raise ConfigurationError(
            f"there is no settings file {file}; `koufu-kiosk settings --example` prints one"
        ) from error
    except OSError as error:
        raise ConfigurationError(f"{file} can't be read: {error.strerror}") from error
    return read_settings(content, file)


def read_settings(content: bytes, file: Path) -> TerminalSettings:
    """The settings in these bytes of a file. Raises `ConfigurationError`."""
    if len(content) > LONGEST:
        raise ConfigurationError(f"{file} is no settings file: it is longer than {LONGEST} bytes")
    try:
        return TerminalSettings.model_validate(tomllib.loads(content.decode("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigurationError(f"{file} is not TOML: {error}") from error
    except ValidationError as error:
        wrong = "; ".join(map(_wrong, error.errors()))
        raise ConfigurationError(f"{file} does not hold together: {wrong}") from error


def _wrong(found: ErrorDetails) -> str:
    name = ".".join(map(str, found["loc"]))
    match found["type"]:
        case "value_error":
            # Settings that do not go together: it names them itself.
            return str(found["ctx"]["error"])
        case "string_pattern_mismatch":
            may = TerminalSettings.model_fields[name].description
            return f"{name}: {found['input'][:LONGEST_TOLD]!r} can't stand there. It is: {may}"
        case _:
            return f"{name}: {found['msg']}"


def example() -> str:
    """A settings file with every setting and its meaning, for `koufu-kiosk settings --example`."""
    lines: list[str] = []
    for name, field in TerminalSettings.model_fields.items():
        lines.append(f"# {field.description}")
        if field.is_required():
            lines.append(f'{name} = ""')
        elif field.default is None:
            lines.append(f'#{name} = ""')
        else:
            value = field.default.value if isinstance(field.default, Enum) else field.default
            lines.append(f"{name} = {_in_toml(value)}")
        lines.append("")
    return "\n".join(lines)


def _in_toml(value: str | bool | float) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else str(value)
