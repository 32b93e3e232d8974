"""Whatever happens in whatever order, a card application never breaks, never forgets what was typed, never sends before
everything is there, and shows nothing of anybody."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hardware.camera.person import Person
from kiosk.counter.card_application import effects as do
from kiosk.counter.card_application import events as on
from kiosk.counter.card_application.events import Chosen, DocumentLeft, GuideMoved, Key, Marked, Touched, WaitingChosen
from kiosk.counter.card_application.filling import CHOSEN, TYPED
from kiosk.counter.card_application.scenes import SentScene
from kiosk.counter.card_application.values import Granted
from kiosk.counter.card_application.words import DOCUMENTS, FIELDS, Step
from kiosk.counter.case import CaseEffectFailed, FieldTyped, Happening, Resumed
from kiosk.counter.effects import DeskTimer
from kiosk.counter.elsewhere import Place
from kiosk.counter.refusal import Refusal
from kiosk.counter.slips import SlipSettled
from kiosk.flow.events import TimerFired
from tests.kiosk.counter.card_walk import ADDRESS, BEN, HANAKO, NAME, SCAN, CardWalk, photo_of
from tests.kiosk.counter.test_card_application_flow import BABY, RETURNED, listed

REFUSAL = Refusal("need", needs=("photo-settled",), mail=("no-forwarding",), instead=(Place("municipal-counter"),))
GRANTED = Granted("lost", "2026-12-19", 2000, "紛失届", "2026-12-05", "2026-12-07", True)
ANSWERS = ("yes", "no", "mail", "counter", "handwritten", "braille", "sealed", "none", "first", "religion", "speech")
NAMES = sorted(
    CHOSEN | {"procedure", "comer", "residence", "route", "intent-expressed-by", "express-ground", "step", "x"}
)
ANSWERED = (
    on.AllowedAnswered(1, None),
    on.AllowedAnswered(1, REFUSAL),
    on.HereListed(1, (listed(),)),
    on.HereListed(1, None),
    on.TakenUp(1, RETURNED),
    on.TakenUp(1, None),
    on.FindAnswered(1, HANAKO),
    on.FindAnswered(1, BABY),
    on.FindAnswered(1, Refusal("nobody-found")),
    on.ExpressAnswered(1, GRANTED),
    on.ExpressAnswered(1, REFUSAL),
    on.ServerSilent(1),
    on.ScanFailed(1, "empty"),
    on.FrameSeen(1, 3, ()),
    on.CameraFailed(1, "gone"),
    SlipSettled(1, printed=True),
    SlipSettled(1, printed=False),
    on.FormShown(1, 2, 9),
    on.FormPrinted(1, out=False),
    on.FindAnswered(2, HANAKO),
    TimerFired(DeskTimer.CASE, 1),
    Resumed(BEN),
    WaitingChosen(listed()),
    GuideMoved(0.1, 0.9),
    GuideMoved(0.9, 0.1),
    CaseEffectFailed(do.ListHere(1), by_server=False),
)
EVENTS: st.SearchStrategy[Happening] = st.one_of(
    st.sampled_from(ANSWERED),
    st.sampled_from((Person(), Person(light=0.2))).map(photo_of),
    st.sampled_from(Key).map(Touched),
    st.builds(Chosen, st.sampled_from(NAMES), st.sampled_from(ANSWERS)),
    st.builds(
        Marked, st.sampled_from(("document", "sees", "overruled")), st.sampled_from((*DOCUMENTS[:3], "headwear"))
    ),
    st.builds(FieldTyped, st.sampled_from(sorted(TYPED)), st.sampled_from(("19800401", "見本　花子", "みほん", ""))),
    st.sampled_from(DOCUMENTS[:3]).map(DocumentLeft),
    st.sampled_from(DOCUMENTS[:3]).map(lambda kind: on.Scanned(1, kind, "image/jpeg", SCAN)),
)
SECRETS = (NAME, ADDRESS, "1980-04-01", "ミホン", "みほん")


def begun(steps: int) -> CardWalk:
    """A case some way in, so that chance need not find it."""
    walk = CardWalk()
    ways = (walk.asked, walk.found, walk.willing, walk.identified, walk.filled, walk.pictured, walk.signed, walk.mailed)
    for way in ways[:steps]:
        way()
    return walk


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 8), st.booleans(), st.lists(EVENTS, max_size=25))
def test_in_any_order(steps: int, silent: bool, events: list[Happening]) -> None:
    walk = begun(steps)
    walk.silent = silent
    taken_up: int | None = None
    for event in events:
        before, logged = walk.case, len(walk.log)
        walk.go(event)
        after = walk.case
        if after.again and not before.again:
            taken_up = logged
        assert not any(secret in repr(after) for secret in SECRETS)
        if not isinstance(event, (FieldTyped, Chosen, Touched)) and not after.over:
            kept = {name for name in before.answers if name in TYPED}
            assert kept - {"photo-exception-reason"} <= after.answers.keys(), "nothing typed is lost"
        if isinstance(after.scene, SentScene) and not before.again:
            assert frozenset(Step) - {Step.CHECK} <= after.done
    told = [each for each in walk.log if isinstance(each, do.Tell) and each.form]
    assert all({name for name, _ in each.form or ()} <= FIELDS for each in told)
    sends = [at for at, each in enumerate(walk.log) if each == do.Move("send")]
    for sent in sends:
        here = any(isinstance(each, do.Tell) and each.form for each in walk.log[:sent])
        assert here or (taken_up is not None and taken_up <= sent), "only what was taken up has its form told before"
