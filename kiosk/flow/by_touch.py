"""Rows of the table of `kiosk.flow.step`: what a person does, scene by scene. What works everywhere was done before."""

from dataclasses import replace

from kiosk.flow import (
    basket,
    beginning,
    cashless,
    choose,
    elsewhere,
    ending,
    enrol,
    identify,
    looking,
    number,
    overlay,
    pay,
    receipts,
)
from kiosk.flow import scenes as at
from kiosk.flow import touches as touch
from kiosk.flow.change import Step, go, stay
from kiosk.flow.means import Means
from kiosk.flow.scenes import Scene
from kiosk.flow.slips import Receipt
from kiosk.flow.state import Terminal
from kiosk.flow.touches import Key, Pressed, Touch


def touched(scene: Scene, state: Terminal, event: Touch) -> Step:  # noqa: C901 - one line for each group of scenes
    """What a touch means in this scene; nothing, where it is not for it. Closed: no scene is forgotten."""
    if number.is_wanted(state):
        return number.touched(scene, state, event)
    match scene:
        case at.Start():
            return _at_start(state, event)
        case at.ChooseWhere() | at.ChooseMunicipality():
            return _where(scene, state, event)
        case at.OfferEnrolment() | at.Enrol() | at.ReviewEnrolment():
            return _enrolling(scene, state, event)
        case at.AwaitCard() | at.EnterPin():
            return _with_card(scene, state, event)
        case at.ChoosePurpose() | at.ChooseKind() | at.Advised():
            return _choosing_what(scene, state, event)
        case at.ChooseMatter() | at.ChooseOptions() | at.WarnNumber() | at.ChooseMembers():
            return _choosing_of_it(scene, state, event)
        case at.Confirm():
            return _confirming(state, event)
        case at.ChooseMeans() | at.Present() | at.Pay():
            return _paying(scene, state, event)
        case at.LookAtSheets():
            return _looking(scene, state, event)
        case at.TakeSheets() | at.Declined() | at.Fault() | at.Enrolled():
            return _at_the_end(scene, state, event)
        case at.Closed() | at.AtCounter() | at.TakeBelongings():
            return stay(state)
        case at.ReadingCard() | at.CheckingPin() | at.ProvingEnrolment() | at.ProvingOrder() | at.TakeCard():
            return stay(state)
        case at.Preparing() | at.AskingDebit() | at.ReturningMoney() | at.Releasing() | at.Printing():
            return stay(state)
        case at.PlugIn() | at.NumberReady() | at.TellingNumber():
            # Scenes of a visit for the number alone.
            return stay(state)


def _at_start(state: Terminal, event: Touch) -> Step:
    match event:
        case Pressed(Key.START) if state.asks_where:
            return elsewhere.ask(state)
        case Pressed(Key.START):
            return beginning.begin(state, at.AwaitCard())
        case Pressed(Key.HEAR_NUMBER):
            return number.ask(state)
        case _:
            return stay(state)


def _with_card(scene: at.AwaitCard | at.EnterPin, state: Terminal, event: Touch) -> Step:
    match scene, event:
        case ((at.AwaitCard(again=True) | at.EnterPin(again=True)), Pressed(Key.BACK)):
            return identify.back_to_confirm(state)
        case _, Pressed(Key.BACK):
            return overlay.give_up(state)
        case at.EnterPin(), touch.PinTyped(digits):
            return go(state, replace(scene, digits=digits, wrong=scene.wrong and digits == 0))
        case at.EnterPin(), Pressed(Key.PRIMARY):
            return identify.pin_entered(state, scene)
        case _:
            return stay(state)


def _choosing_what(scene: at.ChoosePurpose | at.ChooseKind | at.Advised, state: Terminal, event: Touch) -> Step:
    match scene, event:
        case at.ChoosePurpose(), touch.PurposeChosen(code):
            return go(state, replace(scene, chosen=code))
        case at.ChoosePurpose(), Pressed(Key.BY_NAME):
            return go(state, at.ChooseKind())
        case at.ChoosePurpose(), Pressed(Key.PRIMARY):
            return choose.purpose_taken(state, scene)
        case at.ChooseKind(), touch.KindChosen(kind):
            return go(state, replace(scene, chosen=kind))
        case at.ChooseKind(), Pressed(Key.PRIMARY):
            return choose.kind_taken(state, scene)
        case ((at.ChoosePurpose() | at.ChooseKind()), Pressed(Key.BACK)):
            return choose.back_from_choice(state, scene)
        case at.Advised(), Pressed(Key.PRIMARY):
            return choose.advised(state, scene)
        case at.Advised(code), Pressed(Key.BACK):
            return go(state, at.ChoosePurpose(code))
        case _:
            return stay(state)


def _choosing_of_it(
    scene: at.ChooseMatter | at.ChooseOptions | at.WarnNumber | at.ChooseMembers, state: Terminal, event: Touch
) -> Step:
    match scene, event:
        case at.ChooseMatter(), touch.MatterChosen():
            return choose.matter_chosen(state, scene, event)
        case at.ChooseMatter(), Pressed(Key.PRIMARY):
            return choose.matter_taken(state, scene)
        case at.ChooseOptions(), touch.ScopeChosen():
            return choose.scope_chosen(state, scene, event)
        case at.ChooseOptions(), touch.OptionSet():
            return choose.option_set(state, scene, event)
        case at.ChooseOptions(), Pressed(Key.PRIMARY):
            return choose.onward(state, scene)
        case at.WarnNumber(), Pressed(Key.PRIMARY):
            return choose.number_taken(state, scene)
        case at.WarnNumber(line, editing), Pressed(Key.BACK):
            return go(state, at.ChooseOptions(line, editing))
        case at.ChooseMembers(), touch.MemberToggled():
            return choose.member_toggled(state, scene, event)
        case at.ChooseMembers(), Pressed(Key.PRIMARY):
            return choose.members_taken(state, scene)
        case ((at.ChooseMatter() | at.ChooseOptions() | at.ChooseMembers()), Pressed(Key.BACK)):
            return choose.back(state, scene)
        case ((at.ChooseMatter() | at.ChooseOptions() | at.ChooseMembers()), touch.LineRemoved()):
            return basket.line_removed(state, event)
        case _:
            return stay(state)


def _confirming(state: Terminal, event: Touch) -> Step:
    match event:
        case touch.CopiesChanged():
            return basket.copies_changed(state, event)
        case touch.LineChanged():
            return basket.line_changed(state, event)
        case touch.LineRemoved():
            return basket.line_removed(state, event)
        case Pressed(Key.ADD_LINE):
            return basket.another_line(state)
        case Pressed(Key.PRIMARY):
            return identify.prove(state)
        case Pressed(Key.BACK):
            return basket.back_from_confirm(state)
        case _:
            return stay(state)


def _paying(scene: at.ChooseMeans | at.Present | at.Pay, state: Terminal, event: Touch) -> Step:
    match scene, event:
        case at.ChooseMeans(), Pressed(Key.CASH):
            return cashless.chosen(state, Means.CASH)
        case at.ChooseMeans(), Pressed(Key.CASHLESS):
            return cashless.chosen(state, Means.CASHLESS)
        case at.ChooseMeans(), Pressed(Key.BACK):
            return overlay.give_up(state)
        case at.Present(), Pressed(Key.BACK):
            return cashless.back(state, scene)
        case at.Pay(), Pressed(Key.PRIMARY):
            return pay.pay(state, scene)
        case at.Pay(), Pressed(Key.RETURN_MONEY | Key.BACK):
            return overlay.give_up(state)
        case _:
            return stay(state)


def _looking(scene: at.LookAtSheets, state: Terminal, event: Touch) -> Step:
    match event:
        case Pressed(Key.SHEETS_RIGHT):
            return looking.right(state, scene)
        case Pressed(Key.SHEETS_WRONG):
            return looking.wrong(state, scene)
        case _:
            return stay(state)


def _at_the_end(scene: at.TakeSheets | at.Declined | at.Fault | at.Enrolled, state: Terminal, event: Touch) -> Step:
    match scene, event:
        case at.TakeSheets(missing=Receipt() as missing), Pressed(Key.REPRINT):
            return receipts.again(state, scene, missing)
        case _, Pressed(Key.PRIMARY):
            return ending.end(state)
        case _:
            return stay(state)


def _where(scene: at.ChooseWhere | at.ChooseMunicipality, state: Terminal, event: Touch) -> Step:
    match scene, event:
        case at.ChooseWhere(), Pressed(Key.LIVE_HERE):
            return elsewhere.here(state)
        case at.ChooseWhere(), Pressed(Key.KOSEKI_ELSEWHERE):
            return elsewhere.there(state)
        case at.ChooseWhere(), Pressed(Key.BACK):
            return overlay.give_up(state)
        case at.ChooseMunicipality(), touch.PrefectureChosen(prefecture):
            return elsewhere.prefecture_chosen(state, prefecture)
        case at.ChooseMunicipality(), touch.MunicipalityChosen(code):
            return elsewhere.municipality_chosen(state, code)
        case at.ChooseMunicipality(), Pressed(Key.BACK):
            return elsewhere.back(state, scene)
        case _:
            return stay(state)


def _enrolling(scene: at.OfferEnrolment | at.Enrol | at.ReviewEnrolment, state: Terminal, event: Touch) -> Step:
    match scene, event:
        case at.OfferEnrolment(), Pressed(Key.PRIMARY):
            return enrol.begin(state)
        case at.OfferEnrolment(), Pressed(Key.BACK):
            return overlay.give_up(state)
        case at.Enrol(), touch.Tapped(key):
            return enrol.tapped(state, scene, key)
        case at.Enrol(), Pressed(Key.ERASE):
            return enrol.erased(state, scene)
        case at.Enrol(), Pressed(Key.NEXT_SIGN):
            return enrol.settled(state, scene)
        case at.Enrol(), Pressed(Key.OTHER_SIGNS):
            return enrol.other_signs(state, scene)
        case at.Enrol(), Pressed(Key.PRIMARY):
            return enrol.taken(state, scene)
        case at.Enrol(), Pressed(Key.BACK):
            return enrol.back(state, scene)
        case at.ReviewEnrolment(), Pressed(Key.PRIMARY):
            return identify.prove(state)
        case at.ReviewEnrolment(), Pressed(Key.BACK):
            return enrol.change(state)
        case _:
            return stay(state)
