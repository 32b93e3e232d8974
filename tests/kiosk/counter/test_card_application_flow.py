"""A card application at the counter, event by event: the whole way, what stops it, and that nothing typed is lost."""

from dataclasses import replace

import pytest

from hardware.camera.person import Backdrop, Person
from kiosk.counter.card_application import effects as do
from kiosk.counter.card_application import events as on
from kiosk.counter.card_application import scenes as at
from kiosk.counter.card_application.advance import advance
from kiosk.counter.card_application.events import Chosen, Key, Marked, Touched, WaitingChosen
from kiosk.counter.card_application.values import Asked, Granted, Listed, Mirror, Resident
from kiosk.counter.card_application.words import Step
from kiosk.counter.case import CaseEffectFailed, FieldTyped, IntoCustody, Resumed
from kiosk.counter.day.entries import CustodyKind
from kiosk.counter.elsewhere import Place
from kiosk.counter.refusal import Refusal
from kiosk.counter.rules import DeskRules
from kiosk.counter.slips import Slip, SlipSettled
from kiosk.counter.staff import Role, Staff
from koufu.applying.words import Comer
from tests.kiosk.counter.card_walk import ADDRESS, APPLICATION, BEN, HANAKO, NAME, CardWalk, photo_of

HERE = Listed("992011", APPLICATION, 5, "identity-checked", "", "11:07", waits_here=True)
BABY = Resident("r-2", HANAKO.fields, needs_representative=True, photo_wanted=False)


def test_the_whole_way_to_the_municipality() -> None:
    walk = CardWalk().to_the_check()
    walk.shows(at.Check)
    walk.press(Key.SEND)
    walk.shows(at.SentScene)
    kinds = [type(each).__name__ if not isinstance(each, do.Move) else each.event for each in walk.log]
    assert kinds == [
        *("OpenDraft", "Tell", "Attach", "Attach", "Tell", "check-identity", "Tell"),
        *("Attach", "Tell", "Tell", "Tell", "Tell", "capture", "send"),
    ]
    form = [each.form for each in walk.log if isinstance(each, do.Tell) and each.form][-1]
    assert dict(form) == {
        **dict(HANAKO.fields),
        "phone": "090-0000-0000",
        "intent-affirmed-by": "own-key",
        "intent-expressed-by": "speech",
        "intent-witness": "K0127",
        "signature-kind": "handwritten",
        "who-came": "person",
        "occasion": "first",
        "change-planned": "no",
        "forwarding": "no",
        "pin-consent": "yes",
        "copy-consent": "yes",
    }
    assert walk.wanted(do.PrintReceipt)
    walk.go(SlipSettled(1, printed=True)).press(Key.FINISH)
    assert walk.case.over


@pytest.mark.parametrize("comer", ["proxy", "legal-representative"])
def test_a_refusal_of_the_place_says_where_and_prints_it(comer: str) -> None:
    walk = CardWalk().asked(comer=comer)
    refusal = Refusal("other-comer", instead=(Place("municipal-counter"),))
    walk.go(on.AllowedAnswered(1, refusal))
    assert walk.shows(at.NotHere) == at.NotHere(refusal, Asked("card-application", Comer(comer), False), Slip.PRINTING)
    assert walk.wanted(do.PrintGuidance)
    walk.go(SlipSettled(1, printed=False))
    assert walk.shows(at.NotHere).slip is Slip.FAILED
    walk.press(Key.AGAIN)
    assert len(walk.wanted(do.PrintGuidance)) == 2
    walk.press(Key.FINISH)
    assert walk.case.over
    assert not walk.log


def test_whoever_only_helps_asks_to_help_with_the_form() -> None:
    walk = CardWalk()
    walk.case = replace(walk.case, staff=Staff("helper-1", Role.HELPER))
    walk.asked()
    assert walk.wanted(do.AskAllowed) == [do.AskAllowed(1, Asked("form-support", Comer.PERSON, False))]


def test_a_child_alone_is_sent_where_its_parents_can_come() -> None:
    walk = CardWalk().asked().found(BABY)
    walk.shows(at.NotHere)
    assert walk.shows(at.NotHere).refusal.reason == "needs-representative"


def test_a_baby_has_no_photo_and_no_signing_x509() -> None:
    walk = CardWalk().asked(comer="legal-representative").found(BABY).willing().identified()
    walk.press(Key.NEXT)
    walk.shows(at.Filling)
    assert not walk.shows(at.Filling).confirming, "the representative is not there yet"
    walk.typed(representative_name="見本　一郎", representative_relation="父").press(Key.NEXT, Key.CONFIRM, Key.NEXT)
    walk.shows(at.PhotoScene)
    assert not walk.wanted(do.WatchCamera)
    walk.press(Key.NEXT).signed().mailed().press(Key.SEND)
    form = dict(next(each.form for each in walk.log if isinstance(each, do.Tell) and each.form))
    assert (form["no-signing-x509"], form["who-came"]) == ("yes", "with-representative")
    assert any(isinstance(each, do.Tell) and each.photo == "none-wanted" for each in walk.log)
    assert not any(isinstance(each, do.Attach) and each.scan.kind == "photo" for each in walk.log)


def test_nothing_is_chosen_before_somebody_chooses() -> None:
    walk = CardWalk()
    walk.go(on.HereListed(1, ())).press(Key.NEXT)
    assert not walk.wanted(do.AskAllowed)
    walk.asked().found().choose(route="mail").press(Key.NEXT)
    walk.shows(at.Intent)
    assert not walk.case.answer("intent-expressed-by")
    walk.press(Key.NEXT)
    walk.shows(at.Intent)
    walk.press(Key.DECLINE, Key.STOP)
    assert walk.shows(at.Stopped) == at.Stopped(declined=True)
    assert not walk.log


def test_the_residents_own_key_is_a_gesture_and_the_clerk_says_how_else() -> None:
    walk = CardWalk().asked().found().choose(route="mail").press(Key.NEXT, Key.AFFIRM)
    assert not walk.case.answer("intent-expressed-by"), "not before the last page"
    walk.press(Key.CONFIRM, Key.CONFIRM, Key.AFFIRM)
    assert walk.case.answer("intent-expressed-by") == "gesture"
    walk.choose(intent_expressed_by="writing")
    assert (walk.case.answer("intent-expressed-by"), walk.case.answer("intent-witness")) == ("writing", "K0127")


def test_without_the_residents_key_how_is_said_only_after_all_pages() -> None:
    walk = CardWalk().asked().found().choose(route="mail").press(Key.NEXT)
    walk.choose(intent_expressed_by="helper").press(Key.CONFIRM).choose(intent_expressed_by="helper").press(Key.NEXT)
    walk.shows(at.Intent)
    assert not walk.case.answer("intent-expressed-by")
    walk.press(Key.CONFIRM).choose(intent_expressed_by="helper").press(Key.NEXT)
    walk.shows(at.Identity)
    assert walk.case.answer("intent-affirmed-by") == "staff"


@pytest.mark.parametrize("way", [(), (Key.BACK, Key.NEXT), (Key.READ_AGAIN,)])
def test_no_key_of_the_clerk_turns_the_residents_no_into_a_yes(way: tuple[Key, ...]) -> None:
    walk = CardWalk().asked().found().willing().press(Key.BACK, Key.DECLINE)
    assert walk.shows(at.Intent) == at.Intent(0), "asked from the first page"
    assert not walk.case.answer("intent-witness")
    walk.press(*way, Key.CONFIRM, Key.CONFIRM).choose(intent_expressed_by="speech").press(Key.NEXT)
    walk.go(Resumed(BEN)).choose(intent_expressed_by="helper").press(Key.NEXT)
    assert walk.shows(at.Intent) == at.Intent(2)
    assert Step.INTENT not in walk.case.done
    assert walk.case.declined
    walk.press(Key.AFFIRM).choose(intent_expressed_by="speech").press(Key.NEXT)
    walk.shows(at.Identity)
    assert walk.case.answer("intent-witness") == BEN.mark


def test_a_no_after_the_draft_is_told_to_the_server_and_holds_everything_else() -> None:
    walk = CardWalk().asked().found().willing().identified().filled()
    before = len(walk.log)
    walk.press(*(Key.BACK,) * 4, Key.DECLINE)
    (told,) = walk.log[before:]
    assert isinstance(told, do.Tell)
    said = dict(told.form or ())
    assert said["intent-affirmed-by"] == "declined"
    assert {"intent-expressed-by", "intent-witness"}.isdisjoint(said)
    assert said["phone"] == "090-0000-0000", "nothing else of the form goes"
    walk.press(Key.CONFIRM, Key.CONFIRM, Key.AFFIRM, Key.NEXT)
    (taken_back,) = walk.log[before + 1 :]
    assert isinstance(taken_back, do.Tell)
    assert dict(taken_back.form or ())["intent-affirmed-by"] == "own-key"
    for _ in range(4):
        if not isinstance(walk.case.scene, at.Intent):
            walk.press(Key.BACK)
    walk.press(Key.DECLINE, Key.STOP)
    assert walk.log[-1] == do.Move("withdraw")
    assert walk.shows(at.Stopped) == at.Stopped(declined=True)


def test_whoever_takes_up_an_application_of_somebody_who_said_no_asks_them_first() -> None:
    walk = CardWalk()
    walk.version, walk.state = 12, "returned"
    form = (*HANAKO.fields, ("intent-affirmed-by", "declined"), ("signature-kind", "handwritten"))
    back = replace(RETURNED, form=tuple(sorted(form)))
    walk.go(on.HereListed(1, (listed(),)), WaitingChosen(listed()), on.TakenUp(1, back))
    walk.shows(at.Intent)
    assert walk.case.declined
    assert Step.PHOTO not in walk.case.done
    assert not walk.log


def test_the_resident_alone_confirms_the_form_and_what_changes_is_confirmed_anew() -> None:
    walk = CardWalk().asked().found().willing().identified().press(Key.NEXT, Key.NEXT)
    assert walk.shows(at.Filling) == at.Filling(confirming=True)
    walk.typed(phone="03")
    assert walk.shows(at.Filling) == at.Filling()
    walk.press(Key.NEXT, Key.OBJECT)
    assert walk.shows(at.Filling) == at.Filling(objected=True)
    walk.press(Key.NEXT, Key.CONFIRM)
    walk.shows(at.X509s)


def test_what_the_register_says_is_not_typed_over() -> None:
    walk = CardWalk().asked().found()
    walk.go(FieldTyped("name", "別人"), FieldTyped("address", "別の場所"), Chosen("sex", "male"))
    assert walk.case.answer("name") == NAME
    assert walk.case.answer("address") == ADDRESS
    assert walk.case.answer("sex") == "female"


@pytest.mark.parametrize(
    ("name", "text", "fits"),
    [
        ("braille_name", "みほん はなこ", True),
        ("braille_name", "がぎぐげごか", True),
        ("braille_name", "がぎぐげごがぎ", False),
        ("substitute_characters", "見本花子", True),
        ("substitute_characters", "𠮷田", False),
        ("phone", "でんわ", False),
    ],
)
def test_fields_that_do_not_fit_hold_the_form(name: str, text: str, fits: bool) -> None:
    walk = CardWalk().asked().found().willing().identified().typed(**{name: text}).press(Key.NEXT)
    assert walk.shows(at.Filling) == at.Filling(confirming=fits)


def test_a_gate_advises_and_an_exception_has_category_and_reason() -> None:
    walk = CardWalk().asked().found().willing().identified().filled()
    walk.go(on.FrameSeen(1, 1, ())).press(Key.TAKE_PHOTO).go(photo_of(Person(hijab=True)))
    walk.go(Marked("sees", "headwear")).press(Key.NEXT)
    walk.shows(at.PhotoScene)
    assert walk.shows(at.PhotoScene).refused == ("headwear",)
    walk.choose(photo_exception="religion").press(Key.NEXT)
    walk.shows(at.PhotoScene)
    walk.typed(photo_exception_reason="宗教上の理由によりヒジャブを着用").press(Key.NEXT)
    walk.shows(at.Signing)
    assert walk.case.photo == "exception"
    assert walk.case.answer("photo-findings") == "headwear"


def test_too_dark_is_never_waived() -> None:
    walk = CardWalk().asked().found().willing().identified().filled()
    walk.go(on.FrameSeen(1, 1, ())).press(Key.TAKE_PHOTO).go(photo_of(Person(light=0.2)))
    walk.choose(photo_exception="medical").typed(photo_exception_reason="病室").go(Marked("overruled", "light"))
    walk.press(Key.NEXT)
    walk.shows(at.PhotoScene)
    assert "too-dark" in walk.shows(at.PhotoScene).refused
    walk.press(Key.RETAKE).pictured()
    walk.shows(at.Signing)
    assert not walk.case.answer("photo-exception")


def test_a_gate_that_the_clerk_finds_wrong_is_told_along() -> None:
    walk = CardWalk().asked().found().willing().identified().filled()
    walk.go(on.FrameSeen(1, 1, ())).press(Key.TAKE_PHOTO).go(photo_of(Person(backdrop=Backdrop.CURTAIN)))
    walk.press(Key.NEXT)
    assert walk.shows(at.PhotoScene).refused == ("background",)
    walk.go(Marked("overruled", "background")).press(Key.NEXT)
    assert (walk.case.photo, walk.case.answer("photo-overruled")) == ("fit", "background")


def test_a_server_that_is_silent_loses_nothing_and_hears_the_same_again() -> None:
    walk = CardWalk().asked().found()
    walk.silent = True
    walk.willing().identified().filled().pictured().signed().mailed()
    walk.shows(at.Check)
    assert walk.case.flight is not None
    assert walk.case.flight.away
    assert set(walk.flights) == {1}
    walk.tick().tick()
    assert set(walk.flights) == {1}, "the same flight, and so the same token"
    assert walk.case.holdable
    walk.silent = False
    walk.tick().press(Key.SEND)
    walk.shows(at.SentScene)
    assert [type(each) for each in walk.log].count(do.OpenDraft) == 1


def test_what_the_server_finds_wanting_leads_back_to_its_step() -> None:
    walk = CardWalk()
    walk.asked().found().willing()
    walk.refusals.append((do.Tell, Refusal("not-proven", version=3, state="draft")))
    walk.identified()
    walk.shows(at.Identity)
    assert walk.case.problem is not None
    walk.press(Key.NEXT)
    walk.shows(at.Filling)
    walk.filled().pictured().signed().mailed()
    walk.refusals.append((do.Move, Refusal("need", needs=("mail-conditions",), mail=("no-forwarding",))))
    walk.press(Key.SEND)
    walk.shows(at.Delivery)
    walk.choose(forwarding="yes").choose(forwarding="no").press(Key.NEXT, Key.SEND)
    walk.shows(at.SentScene)


def test_fetched_at_the_counter_instead_it_is_opened_anew_with_all_it_has() -> None:
    walk = CardWalk().asked().found().willing().identified().filled().pictured().signed()
    walk.choose(route="counter").press(Key.NEXT)
    opened = [each for each in walk.log if isinstance(each, do.OpenDraft)]
    assert [each.route for each in opened] == ["mail", "counter"]
    assert walk.log.count(do.Move("withdraw")) == 1
    after = walk.log[walk.log.index(opened[1]) :]
    assert sum(isinstance(each, do.Attach) for each in after) == 3
    walk.press(Key.SEND)
    walk.shows(at.SentScene)


RETURNED = Mirror(
    application=APPLICATION,
    version=12,
    state="returned",
    reason="photo",
    form=tuple(sorted({**dict(HANAKO.fields), "who-came": "person", "signature-kind": "handwritten"}.items())),
    photo="missing",
    pin_form_sealed=True,
    mail_kind="addressee-only-special",
    route="mail",
    identity_checked=True,
)


def listed(**changes: object) -> Listed:
    given = {
        "municipality": "992011",
        "application": APPLICATION,
        "version": 12,
        "state": "returned",
        "reason": "photo",
        "touched": "",
    }
    return Listed(**{**given, "waits_here": True, **changes})  # type: ignore[arg-type]


def test_one_that_came_back_for_its_photo_wants_the_photo_alone() -> None:
    walk = CardWalk()
    walk.version, walk.state = 12, "returned"
    walk.go(on.HereListed(1, (listed(),)), WaitingChosen(listed()), on.TakenUp(1, RETURNED))
    walk.shows(at.PhotoScene)
    walk.pictured()
    walk.shows(at.Check)
    walk.press(Key.SEND)
    walk.shows(at.SentScene)
    told = [each for each in walk.log if isinstance(each, do.Tell)]
    assert [each.photo for each in told] == ["fit"]
    assert [each.event for each in walk.log if isinstance(each, do.Move)] == ["capture", "send"]


def test_what_does_not_wait_here_is_not_taken_up() -> None:
    walk = CardWalk().go(on.HereListed(1, (listed(waits_here=False),)), WaitingChosen(listed(waits_here=False)))
    assert not walk.wanted(do.TakeUp)


def test_express_is_asked_of_the_server_and_goes_by_mail() -> None:
    walk = CardWalk().asked(procedure="express").found().press(Key.NEXT)
    walk.shows(at.Quick)
    walk.press(Key.NEXT)
    walk.shows(at.Quick)
    walk.choose(express_ground="lost", change_planned="no").typed(happened_text="2026/11/20").press(Key.AGAIN)
    (asked,) = walk.wanted(do.AskExpress)
    assert isinstance(asked, do.AskExpress)
    assert dict(asked.express)["express-happened-on"] == "2026-11-20"
    granted = Granted("lost", "2026-12-19", 2000, "紛失届", "2026-12-05", "2026-12-07", False)
    walk.go(on.ExpressAnswered(1, granted)).press(Key.NEXT)
    walk.shows(at.Intent)
    walk.press(Key.CONFIRM, Key.CONFIRM, Key.AFFIRM, Key.NEXT)
    opened = walk.log[0]
    assert isinstance(opened, do.OpenDraft)
    assert (opened.route, dict(opened.express)["express-ground"]) == ("mail", "lost")


def test_a_case_put_aside_is_taken_up_by_another_and_asks_again_for_what_was_on_its_way() -> None:
    walk = CardWalk().asked().found()
    walk.silent = True
    walk.willing()
    walk.silent = False
    walk.go(Resumed(BEN))
    assert walk.case.staff == BEN
    assert walk.flights[:2] == [walk.flights[0]] * 2
    assert walk.case.mirror.application == APPLICATION


def test_a_case_taken_up_at_the_check_fetches_its_form_again() -> None:
    walk = CardWalk().to_the_check().go(on.FormShown(1, 1, 3))
    before = len(walk.wanted(do.ShowForm))
    walk.go(Resumed(BEN))
    assert walk.shows(at.Check).pages == 0, "no page of before is shown"
    assert walk.wanted(do.ShowForm)[before:] == [do.ShowForm(1, APPLICATION)]
    walk.go(on.FormShown(1, 1, 8))
    assert walk.shows(at.Check).serial == 8


def test_what_another_terminal_went_on_with_is_taken_up_as_it_stands_there() -> None:
    walk = CardWalk().asked().found().willing().identified()
    walk.refusals.append((do.Tell, Refusal("moved-meanwhile", version=9, state="identity-checked")))
    walk.filled()
    assert walk.wanted(do.TakeUp) == [do.TakeUp(1, "", APPLICATION)]
    form = (*HANAKO.fields, ("intent-expressed-by", "speech"), ("phone", "090-1111-1111"), ("who-came", "person"))
    there = Mirror(
        APPLICATION, 9, "identity-checked", form=tuple(sorted(form)), photo="fit", route="mail", identity_checked=True
    )
    walk.go(on.TakenUp(1, there))
    walk.shows(at.Signing)
    assert walk.case.answer("phone") == "090-1111-1111"


@pytest.mark.parametrize(
    ("more", "photo", "shows"),
    [
        ({}, "missing", at.Filling),
        ({"phone": "090-0000-0000"}, "missing", at.Filling),
        ({"phone": "090-0000-0000"}, "fit", at.Signing),
        ({"signature-kind": "handwritten"}, "fit", at.PinForm),
    ],
)
def test_a_draft_goes_on_where_what_the_server_has_ends(
    more: dict[str, str], photo: str, shows: type[at.Scene]
) -> None:
    form = {**dict(HANAKO.fields), "intent-expressed-by": "speech", "who-came": "person", **more}
    walk = CardWalk()
    walk.go(on.HereListed(1, (HERE,)), WaitingChosen(HERE))
    there = Mirror(
        APPLICATION,
        5,
        "identity-checked",
        form=tuple(sorted(form.items())),
        photo=photo,
        route="mail",
        identity_checked=True,
    )
    walk.go(on.TakenUp(1, there))
    walk.shows(shows)
    assert not [each for each in walk.log if isinstance(each, do.Tell)], "nothing is told away"


def test_what_the_resident_leaves_here_comes_into_custody_once() -> None:
    walk = CardWalk().to_the_check()
    walk.choose(step="pin-form").choose(old_card="handed-in").press(Key.NEXT).shows(at.Check)
    walk.press(Key.SEND)
    walk.shows(at.SentScene)
    kinds = [each.kind for each in walk.effects if isinstance(each, IntoCustody)]
    assert kinds == [CustodyKind.SEALED_PIN_FORM, CustodyKind.RETURNED_CARD]

    form = dict(next(each.form for each in reversed(walk.log) if isinstance(each, do.Tell) and each.form))
    for reason, kept in (("photo", []), ("pin-form", [CustodyKind.SEALED_PIN_FORM])):
        again = CardWalk()
        again.version, again.state = 12, "returned"
        again.go(on.HereListed(1, (HERE,)), WaitingChosen(HERE))
        back = Mirror(APPLICATION, 12, "returned", reason, tuple(sorted(form.items())), photo="fit", route="mail")
        back = replace(back, identity_checked=True, pin_form_sealed=reason != "pin-form", old_card="handed-in")
        again.go(on.TakenUp(1, back))
        if reason == "photo":
            again.pictured()
        else:
            again.choose(pin_form="sealed").press(Key.NEXT)
        again.shows(at.Check)
        again.press(Key.SEND)
        again.shows(at.SentScene)
        assert [each.kind for each in again.effects if isinstance(each, IntoCustody)] == kept


def test_given_up_the_draft_is_withdrawn() -> None:
    walk = CardWalk().asked().found().willing().press(Key.STOP)
    assert walk.log[-1] == do.Move("withdraw")
    assert walk.shows(at.Stopped) == at.Stopped(declined=False)
    walk.press(Key.FINISH)
    assert walk.case.over


def test_no_repr_of_a_case_says_anything_of_a_person() -> None:
    walk = CardWalk().to_the_check()
    said = repr(walk.case) + repr(walk.effects) + repr(walk.log)
    for secret in (NAME, ADDRESS, "1980-04-01", "19800401", "090-0000-0000", "ミホン", "r-1"):
        assert secret not in said


def test_an_action_that_breaks_is_asked_again_or_told() -> None:
    walk = CardWalk().asked()
    case, _ = advance(walk.case, CaseEffectFailed(do.AskAllowed(1, Asked("x", Comer.PERSON, False)), True), DeskRules())
    assert isinstance(case.scene, at.Begin)
    assert (case.scene.busy, case.scene.away) == (False, True)


def test_back_keeps_what_was_answered() -> None:
    walk = CardWalk().to_the_check()
    for _ in range(8):
        walk.press(Key.BACK)
    walk.shows(at.Intent)
    assert walk.case.answer("phone") == "090-0000-0000"
    assert Step.PHOTO in walk.case.done
    walk.go(Touched(Key.NEXT))
    walk.shows(at.Check)
