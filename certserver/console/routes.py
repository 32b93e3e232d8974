"""What a page is: where it is found, who may have it, what it shows and what it does. The application is put together
of these, and so are the menu and the tests that walk every page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from certserver.console.said import Said
from certserver.console.texts import Language
from certserver.console.visit import Visit
from certserver.office.rights import Right

LARGEST_FORM = 64 * 1024
MOST_FIELDS = 500


@dataclass(frozen=True, slots=True)
class Shown:
    """A page from a template. One that is `held` tells nothing by its time; one that stands `before` another, as the
    question for what it is looked at, has its place in the menu."""

    template: str
    told: Mapping[str, object] = field(default_factory=dict)
    status: HTTPStatus = HTTPStatus.OK
    held: bool = False
    before: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """Done: the browser goes on to another page, which says so, once. With a `token` a session begins; with an empty
    one it ends. `language` is spoken from now on."""

    to: str
    said: Said | None = None
    language: Language | None = None
    token: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Told:
    """JSON for a script of the console, which goes on from there; the next page says what was `said`. With a `token` a
    session begins."""

    json: str
    status: HTTPStatus = HTTPStatus.OK
    held: bool = False
    said: Said | None = None
    token: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Sent:
    """A file to be kept; or `shown`, in a page or by itself."""

    name: str
    kind: str
    content: bytes = field(repr=False)
    shown: bool = False


Answer = Shown | Gone | Told | Sent
Handler = Callable[[Visit], Answer]


@dataclass(frozen=True, slots=True)
class PageRoute:
    """One page: `show` answers GET, `do` answers POST. `right` is what whoever asks needs (None: to be signed in),
    unless it is `open` to anybody. `menu` is the text by which the menu calls it. A page that shows personal data is
    `personal`: nobody sees it who has not said for what, which its use case is handed and notes with what it found.
    `largest`: bytes of the largest form, of `fields` fields at most; `uploads`: bytes of the largest file that its form
    may bring; `file`: it sends a file and is no page. `slow`: of what it does few go on at once."""

    path: str
    show: Handler | None = None
    do: Handler | None = None
    right: Right | None = None
    open: bool = False
    menu: str | None = None
    personal: bool = False
    largest: int = LARGEST_FORM
    fields: int = MOST_FIELDS
    uploads: int = 0
    file: bool = False
    slow: bool = False

    @property
    def known_only(self) -> bool:
        """Whether what is sent to it is long, and not even read when a stranger sends it."""
        return self.uploads > 0 or self.largest > LARGEST_FORM

    @property
    def methods(self) -> list[str]:
        """Which of them it answers."""
        return ["GET"] * (self.show is not None) + ["POST"] * (self.do is not None)
