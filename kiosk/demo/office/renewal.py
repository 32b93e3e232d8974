"""A man has the X.509 of his card renewed, and the power of the terminal fails in the middle: program and simulators
are gone at once. When they are back the card says what was done, and the rest is done. The next act orders a
certificate with the renewed card."""

from collections.abc import Sequence

from hardware.card.jpki import read_facts
from hardware.card.virtual.reader import VirtualReader
from hardware.composition import SystemClock
from kiosk.counter.kinds import CaseKind
from kiosk.counter.scenes import Home
from kiosk.counter.slips import Slip
from kiosk.counter.x509_pin import scenes as at
from kiosk.demo.office.stage import OfficeDeed, Seen, Stage, When, both, case_at, desk_at, nothing
from kiosk.demo.playing.act import GOOD, Act, papers_and_slips
from kiosk.demo.playing.act_tray import Came
from kiosk.demo.playing.scripted import Deed
from kiosk.demo.stage.site import MAIN_CARD
from kiosk.errors import ConfigurationError

ANSWERS_BEFORE_THE_CUT = 22
"""Of the card, from the PIN on: by then its new key is being made, beside the old one."""


def _steps(stage: Stage) -> Sequence[OfficeDeed]:
    things = stage.things

    slot = things.slot
    assert slot is not None, "a demonstration of a counter has a virtual reader"

    def enter_pin() -> None:
        # The reader has its power from the terminal.
        slot.pull_after(ANSWERS_BEFORE_THE_CUT)
        stage.touch("primary")()

    def without_power(_: Seen) -> bool:
        return slot.card is None

    return (
        *stage.begin(CaseKind.X509_PIN),
        stage.presses("wish", at.Choosing, "wish-renew", "comer-person", "lives-here"),
        stage.presses("wish-chosen", at.Choosing, "primary"),
        stage.touches("explained", at.Explained, "primary"),
        stage.presses("identity", at.Explained, "document-individual-number-card"),
        stage.presses("identity-checked", at.Explained, "primary"),
        Deed("put-card", case_at(at.AwaitCard), things.put_card),
        Deed("pin", case_at(at.Typing), stage.type_pin),
        Deed("pin-typed", both(case_at(at.Typing), stage.can_touch("primary")), enter_pin),
        Deed("power-cut", without_power, stage.machine.power_fails),
        *stage.sign_in(stage.office.clerk, name="power-is-back"),
        *stage.begin(CaseKind.X509_PIN),
        Deed("cut-off", both(case_at(at.TakeUp), _can_take_up(stage)), lambda: _take_up(stage)),
        Deed("put-card-again", case_at(at.AwaitCard), things.put_card),
        Deed("pin-again", case_at(at.Typing), stage.type_pin),
        stage.touches("pin-again-typed", at.Typing, "primary"),
        Deed("renewed", both(case_at(at.Finished), _slip_out), things.take_card),
        stage.presses("card-taken", at.Finished, "primary"),
        Deed("noted-by-officer", desk_at(Home), lambda: _note(stage)),
        Deed("home", desk_at(Home), nothing),
    )


def _can_take_up(stage: Stage) -> When:
    return lambda _: any(name.startswith("take-up-") for name in stage.clerk.controls())


def _take_up(stage: Stage) -> None:
    stage.press(next(name for name in stage.clerk.controls() if name.startswith("take-up-")))()


def _slip_out(seen: Seen) -> bool:
    case = seen.desk.case
    scene = getattr(case.case, "scene", None) if case is not None else None
    return isinstance(scene, at.Finished) and scene.slip is Slip.OUT


def _note(stage: Stage) -> None:
    """An operator of the municipality notes whose the new X.509 is, and which ones were revoked: in a real office both
    come over the resident network. It counts since before today, or nobody could use the card before tomorrow."""
    reader = VirtualReader(SystemClock())
    reader.insert(stage.things.card(MAIN_CARD.name))
    facts = read_facts(reader.connect())
    reader.pull()
    if facts.user_auth_x509 is None:
        raise ConfigurationError("the renewed card has no X.509")
    stage.things.take_everything()
    site, office = stage.office.site, stage.office
    renewed = site.folder / "renewed.der"
    renewed.write_bytes(facts.user_auth_x509)
    linked = ("--resident", MAIN_CARD.resident, "--since", "2024-04-01")
    office.servers(
        ("trust", "crl", str(site.cards / "ca" / "user-auth-1.crl")),
        ("card", "link", "--x509", str(renewed), *linked),
    )


def _verdict(_stage: Stage, came: Sequence[Came]) -> str:
    return papers_and_slips(came, 0, 1) or GOOD


RENEWAL = Act("renewal", _steps, _verdict)
