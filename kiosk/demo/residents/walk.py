"""The long demonstration: one errand for every kind there is and for each choice worth seeing, by touching the real
buttons. Each errand is a visit of its own, with a basket of one line or more."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from kiosk.demo.playing.scripted import Deed, ResidentDeed
from kiosk.demo.residents.elsewhere import apply_steps, to_the_neighbour
from kiosk.demo.residents.script import PIN, Hands, all_taken, is_a, paid, slots_open, typed
from kiosk.demo.stage.site import ELSEWHERE_CARD
from kiosk.flow import scenes
from kiosk.flow.scenes import Scene
from kiosk.screens.window import KioskWindow
from koufu.evidence.words import NUMBER_OPTIONS, CertificateKind, Option, Scope, has_matter

NOTE_YEN = 1000


@dataclass(frozen=True, slots=True)
class Want:
    """One line: a kind by name, whom, what is shown besides what the terminal suggests, and how many copies. `choices`:
    whether its page of choices is shown at all. `people`: how many are chosen, the first ones."""

    kind: CertificateKind
    scope: Scope | None = None
    show: tuple[Option, ...] = ()
    people: int = 0
    copies: int = 1
    choices: bool = True


@dataclass(frozen=True, slots=True)
class Errand:
    """A visit: its name in the folder it leaves, whose card, what is wanted, and the fee in yen."""

    name: str
    card: str
    wants: tuple[Want, ...]
    fee: int
    elsewhere: bool = False
    """At the municipality next door, where the card's holder applies first and is approved."""


_KIND = CertificateKind
_USUAL = (Option.RELATIONSHIP, Option.DOMICILE)
_NUMBER = (Option.INDIVIDUAL_NUMBER,)
_FOREIGN = (Option.NATIONALITY, Option.RESIDENCE_STATUS, Option.PERIOD_OF_STAY, Option.CARD_NUMBER)

ERRANDS = (
    Errand(
        "residence",
        "tsuji-kengo",
        (Want(_KIND.RESIDENCE, Scope.HOUSEHOLD, (Option.RELATIONSHIP, Option.DOMICILE)),),
        200,
    ),
    Errand(
        "residence-with-number", "tsuji-kengo", (Want(_KIND.RESIDENCE, Scope.SELF, (Option.INDIVIDUAL_NUMBER,)),), 200
    ),
    Errand("residence-of-chosen", "yamazaki-daisuke", (Want(_KIND.RESIDENCE, Scope.MEMBERS, people=2),), 200),
    Errand("residence-six-people", "yamazaki-daisuke", (Want(_KIND.RESIDENCE, Scope.HOUSEHOLD),), 200),
    Errand("residence-foreign", "oliveira-maria", (Want(_KIND.RESIDENCE, Scope.SELF, _FOREIGN),), 200),
    Errand("residence-items", "tsuji-kengo", (Want(_KIND.RESIDENCE_ITEMS, Scope.SELF, (Option.RESIDENT_CODE,)),), 200),
    Errand("seal-registration", "tsuji-kengo", (Want(_KIND.SEAL_REGISTRATION, choices=False),), 200),
    Errand("koseki-full", "tsuji-kengo", (Want(_KIND.KOSEKI_FULL, choices=False),), 450),
    Errand("koseki-individual", "tsuji-kengo", (Want(_KIND.KOSEKI_INDIVIDUAL, Scope.SELF),), 450),
    Errand("koseki-supplement", "tsuji-kengo", (Want(_KIND.KOSEKI_SUPPLEMENT, Scope.KOSEKI),), 300),
    Errand(
        "koseki-supplement-with-domicile",
        "tsuji-kengo",
        (Want(_KIND.KOSEKI_SUPPLEMENT, Scope.SELF, (Option.DOMICILE,)),),
        300,
    ),
    Errand("income-tax", "tsuji-kengo", (Want(_KIND.INCOME_TAX, choices=False),), 300),
    Errand("tax-payment", "tsuji-kengo", (Want(_KIND.TAX_PAYMENT, choices=False),), 300),
    Errand("non-taxation", "kuroda-hana", (Want(_KIND.NON_TAXATION, choices=False),), 0),
    Errand("disaster-victim", "kasai-masato", (Want(_KIND.DISASTER_VICTIM, choices=False),), 0),
    Errand(
        "basket",
        "tsuji-kengo",
        (
            Want(_KIND.RESIDENCE, Scope.HOUSEHOLD, copies=2),
            Want(_KIND.SEAL_REGISTRATION, choices=False),
            Want(_KIND.INCOME_TAX, choices=False),
        ),
        900,
    ),
    Errand("koseki-elsewhere", ELSEWHERE_CARD.name, (Want(_KIND.KOSEKI_FULL, choices=False),), 450, elsewhere=True),
)
"""One of each row of what can be had, then several in one basket: one proof, one payment; last a koseki that is kept
elsewhere. Whoever was hit by the storm has tax papers free of charge."""


def errand_steps(window: KioskWindow, hands: Hands, errand: Errand) -> tuple[ResidentDeed, ...]:
    """From the start screen to the start screen, where there is a municipality next door."""
    touch = window.touch

    def begin() -> None:
        if errand.elsewhere:
            hands.officer_approves()
        touch("primary")

    where = to_the_neighbour(window) if errand.elsewhere else _here(window)
    return (
        *(apply_steps(window, hands, errand.card) if errand.elsewhere else ()),
        Deed("start", is_a(scenes.Start), begin),
        *where,
        *chosen_steps(window, hands, errand),
        Deed("confirm", is_a(scenes.Confirm), lambda: touch("primary")),
        Deed("take-card", is_a(scenes.TakeCard), hands.take_card),
        *(paying_steps(window, hands, errand) if errand.fee else ()),
        Deed("printing", is_a(scenes.Printing), lambda: None),
        Deed("take-sheets", is_a(scenes.TakeSheets), hands.take_everything),
        Deed("taken", all_taken, lambda: touch("primary")),
    )


def chosen_steps(window: KioskWindow, hands: Hands, errand: Errand) -> tuple[ResidentDeed, ...]:
    """From the question for a card until all that is wanted stands there to be confirmed."""
    touch = window.touch

    def type_pin() -> None:
        for digit in PIN:
            touch(f"digit-{digit}")

    return (
        Deed("put-card", is_a(scenes.AwaitCard), lambda: hands.put_card(errand.card)),
        Deed("pin", typed(0), type_pin),
        Deed("pin-typed", typed(len(PIN)), lambda: touch("primary")),
        *_basket(window, errand),
    )


def paying_steps(window: KioskWindow, hands: Hands, errand: Errand) -> tuple[ResidentDeed, ...]:
    """One note is put in, and paid with."""
    return (
        Deed("pay", slots_open, lambda: hands.insert(NOTE_YEN)),
        Deed("pay-enough", paid(errand.fee), lambda: window.touch("primary")),
    )


def _here(window: KioskWindow) -> tuple[ResidentDeed, ...]:
    """There is a municipality next door, so the terminal asks."""
    return (Deed("where", is_a(scenes.ChooseWhere), lambda: window.touch("live-here")),)


def _basket(window: KioskWindow, errand: Errand) -> Iterator[ResidentDeed]:
    for place, want in enumerate(errand.wants):
        if place:
            yield Deed("one-more", is_a(scenes.Confirm), partial(window.touch, "add-line"))
        yield from _line(window, want)
        for _ in range(want.copies - 1):
            yield Deed("copies", is_a(scenes.Confirm), partial(window.touch, f"more-{place}"))


def _line(window: KioskWindow, want: Want) -> Iterator[ResidentDeed]:
    touches = partial(partial, _touch, window)
    yield Deed("purpose", is_a(scenes.ChoosePurpose), touches("by-name"))
    yield Deed("kind", is_a(scenes.ChooseKind), touches(f"kind-{want.kind.value}"))
    yield Deed("kind-chosen", _kind_chosen, touches("primary"))
    if has_matter(want.kind):
        yield Deed("matter", is_a(scenes.ChooseMatter), partial(_touch_nth, window, "matter-", 0))
        yield Deed("matter-chosen", _matter_chosen, touches("primary"))
    if not want.choices:
        return
    if want.scope is not None:
        yield Deed("options", is_a(scenes.ChooseOptions), touches(f"scope-{want.scope.value}"))
    for option in want.show:
        yield Deed("options", is_a(scenes.ChooseOptions), touches(f"show-{option.value}"))
        if option in NUMBER_OPTIONS:
            yield Deed("number", is_a(scenes.WarnNumber), touches("primary"))
    yield Deed("options-chosen", _shows(want), touches("primary"))
    for person in range(want.people):
        yield Deed("members", _members(person), partial(_touch_nth, window, "member-", person))
    if want.people:
        yield Deed("members-chosen", _members(want.people), touches("primary"))


def _touch(window: KioskWindow, name: str) -> None:
    turn_to(window, name)
    window.touch(name)


def turn_to(window: KioskWindow, name: str) -> None:
    """Turns pages until a key is there; one that is on none of them is told when it is touched."""
    for turn in ("page-later", "page-earlier"):
        while name not in window.controls() and turn in window.controls():
            window.touch(turn)
            window.settle()


def _touch_nth(window: KioskWindow, beginning: str, place: int) -> None:
    """The key at a place, from 0, among those on the screen whose names begin so."""
    window.touch([name for name in window.controls() if name.startswith(beginning)][place])


def _kind_chosen(scene: Scene) -> bool:
    return isinstance(scene, scenes.ChooseKind) and scene.chosen is not None


def _matter_chosen(scene: Scene) -> bool:
    return isinstance(scene, scenes.ChooseMatter) and bool(scene.line.matter)


def _shows(want: Want) -> Callable[[Scene], bool]:
    return lambda scene: isinstance(scene, scenes.ChooseOptions) and scene.line.options >= set(want.show)


def _members(chosen: int) -> Callable[[Scene], bool]:
    return lambda scene: isinstance(scene, scenes.ChooseMembers) and len(scene.line.members) == chosen
