"""What a card application at the counter is made of: values without a decision. What is personal is in no `repr`."""

from dataclasses import dataclass, field

from koufu.applying.words import Comer


@dataclass(frozen=True, slots=True)
class Listed:
    """An application of this office: where it stands, and whether it waits here. Nothing of a person."""

    municipality: str
    application: str
    version: int
    state: str
    reason: str
    touched: str
    """Local day and time, as it is shown."""
    waits_here: bool
    express: bool = False
    likely_from: str = ""
    likely_to: str = ""
    """When an express card may arrive, as YYYY-MM-DD: 目安. Empty before it is sent, and once it came."""


@dataclass(frozen=True, slots=True)
class Resident:
    """Who was found in the register."""

    key: str = field(repr=False)
    fields: tuple[tuple[str, str], ...] = field(repr=False)
    """What the register says for the form."""
    needs_representative: bool = False
    photo_wanted: bool = True
    move_planned: bool = False
    open_application: str = ""
    open_state: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """An identity document that was seen. `until` as YYYY-MM-DD, empty where it bears no last day; `scan` is the number
    of its scan, 0 before there is one."""

    kind: str
    until: str = ""
    scan: int = 0


@dataclass(frozen=True, slots=True)
class Scan:
    """A picture or scan to be attached, by the case's own number of it."""

    number: int
    kind: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Granted:
    """Express issuance may be applied for; days as YYYY-MM-DD."""

    ground: str
    deadline: str
    yen: int
    shown_by: str
    likely_from: str
    likely_to: str
    beyond_a_week: bool


@dataclass(frozen=True, slots=True)
class Mirror:
    """The application as the server has it, as far as this desk knows. `attached` are the case's own numbers."""

    application: str = ""
    version: int = 0
    state: str = ""
    reason: str = ""
    form: tuple[tuple[str, str], ...] | None = field(default=None, repr=False)
    shown: tuple[tuple[str, str], ...] | None = None
    photo: str = "missing"
    pin_form_sealed: bool = False
    old_card: str = "none"
    mail_kind: str = ""
    route: str = ""
    express: bool = False
    attached: frozenset[int] = frozenset()
    identity_checked: bool = False
    photo_wanted: bool = True
    needs_representative: bool = False
    """By the age on the day on which it was taken up."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the rules of the place: a procedure, who came, and whether somebody lives elsewhere."""

    procedure: str
    comer: Comer
    elsewhere: bool
