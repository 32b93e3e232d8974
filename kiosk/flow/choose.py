"""Choosing one line: purpose or kind, what it is about, options, members. Back goes one step and keeps the answers."""

from dataclasses import replace

from kiosk.flow.basket import add_line, begin_line
from kiosk.flow.change import Step, go, stay, visit_of, with_visit
from kiosk.flow.choices import Choosing, chosen_by, following, offer_of, preceding, purpose_of, suggested
from kiosk.flow.ending import decline, finish
from kiosk.flow.scenes import (
    Advised,
    AskCancel,
    ChooseKind,
    ChooseMatter,
    ChooseMembers,
    ChooseOptions,
    ChoosePurpose,
    Confirm,
    WarnNumber,
)
from kiosk.flow.state import Cancelled, Terminal
from kiosk.flow.touches import MatterChosen, MemberToggled, OptionSet, ScopeChosen
from kiosk.flow.values.offer import Advice, Suggestion
from koufu.evidence.words import NUMBER_OPTIONS, CertificateKind, RefusalReason, Scope


def purpose_taken(state: Terminal, scene: ChoosePurpose) -> Step:
    """On with the suggestion for the chosen purpose, after what the municipality advises instead."""
    purpose = purpose_of(visit_of(state), scene.chosen)
    if purpose is None:
        return stay(state)
    if purpose.advice is not Advice.ORDER:
        return go(state, Advised(purpose.code))
    return stay(state) if purpose.suggests is None else _suggest(state, purpose.suggests, purpose.code)


def advised(state: Terminal, scene: Advised) -> Step:
    """On all the same, where there is something to order; else to the basket if there is one, or the end."""
    visit = visit_of(state)
    purpose = purpose_of(visit, scene.code)
    if purpose is not None and purpose.suggests is not None:
        return _suggest(state, purpose.suggests, purpose.code)
    return go(state, Confirm()) if visit.basket else finish(state, Cancelled())


def _suggest(state: Terminal, suggestion: Suggestion, origin: str) -> Step:
    """On with a suggestion; or why it can't be had, and which window can help."""
    visit = visit_of(state)
    offered = offer_of(visit).of(suggestion.kind)
    refusal = RefusalReason.NOT_OFFERED if offered is None else offered.refusal
    if refusal is not None:
        # Whoever has something in the basket keeps it: among the names the reason stands beside each kind.
        return go(state, ChooseKind()) if visit.basket else decline(state, refusal, suggestion.kind)
    return _choose(state, suggestion.kind, suggestion, origin)


def kind_taken(state: Terminal, scene: ChooseKind) -> Step:
    """On with a kind chosen by name; or, of one that can't be had, where to go instead."""
    offered = offer_of(visit_of(state)).of(scene.chosen) if scene.chosen is not None else None
    if offered is None:
        return stay(state)
    if offered.refusal is not None:
        return _guide(state, offered.refusal, offered.kind)
    return _choose(state, offered.kind, None, None)


def _guide(state: Terminal, refusal: RefusalReason, kind: CertificateKind) -> Step:
    """Ends the visit with the guidance for what can't be had; never while there is something in the basket."""
    return stay(state) if visit_of(state).basket else decline(state, refusal, kind)


def _choose(state: Terminal, kind: CertificateKind, suggestion: Suggestion | None, origin: str | None) -> Step:
    visit = visit_of(state)
    offer = offer_of(visit)
    offered = offer.of(kind)
    if offered is None or offered.refusal is not None:
        return stay(state)
    kept = visit.draft if visit.draft is not None and (visit.draft.kind, visit.origin) == (kind, origin) else None
    line = kept or suggested(offered, suggestion)
    state = with_visit(state, replace(visit, draft=line, origin=origin))
    return begin_line(state, line)


def matter_chosen(state: Terminal, scene: ChooseMatter, touch: MatterChosen) -> Step:
    """Which year or damage; also one that can't be had, to read why."""
    offered = offer_of(visit_of(state)).of(scene.line.kind)
    if offered is None or offered.about(touch.reference) is None:
        return stay(state)
    return _redraw(state, replace(scene, line=replace(scene.line, matter=touch.reference)))


def matter_taken(state: Terminal, scene: ChooseMatter) -> Step:
    """On once one is chosen that can be had; of another, where to go instead."""
    offered = offer_of(visit_of(state)).of(scene.line.kind)
    matter = offered.about(scene.line.matter) if offered is not None else None
    if matter is None:
        return stay(state)
    if matter.refusal is not None:
        return _guide(state, matter.refusal, scene.line.kind)
    return onward(state, scene)


def scope_chosen(state: Terminal, scene: ChooseOptions, touch: ScopeChosen) -> Step:
    """Whose data; chosen members are forgotten when the scope is another."""
    offered = offer_of(visit_of(state)).of(scene.line.kind)
    if offered is None or touch.scope not in offered.scopes:
        return stay(state)
    members = scene.line.members if touch.scope is Scope.MEMBERS else ()
    return _redraw(state, replace(scene, line=replace(scene.line, scope=touch.scope, members=members)))


def option_set(state: Terminal, scene: ChooseOptions, touch: OptionSet) -> Step:
    """Shown, or left out. A number is shown only after its warning was read (番号法19条)."""
    offered = offer_of(visit_of(state)).of(scene.line.kind)
    if offered is None or touch.option not in offered.options:
        return stay(state)
    chosen = scene.line.options
    if touch.shown and touch.option in NUMBER_OPTIONS - chosen:
        return go(state, WarnNumber(scene.line, scene.editing, touch.option))
    options = chosen | {touch.option} if touch.shown else chosen - {touch.option}
    return _redraw(state, replace(scene, line=replace(scene.line, options=options)))


def number_taken(state: Terminal, scene: WarnNumber) -> Step:
    """The number stands on the page after all."""
    line = replace(scene.line, options=scene.line.options | {scene.option})
    return _redraw(state, ChooseOptions(line, scene.editing))


def member_toggled(state: Terminal, scene: ChooseMembers, touch: MemberToggled) -> Step:
    """In or out; members stand in the order of the offer, however they were touched."""
    references = [member.reference for member in offer_of(visit_of(state)).people(scene.line.kind)]
    if touch.reference not in references:
        return stay(state)
    chosen = set(scene.line.members) ^ {touch.reference}
    members = tuple(reference for reference in references if reference in chosen)
    return _redraw(state, replace(scene, line=replace(scene.line, members=members)))


def members_taken(state: Terminal, scene: ChooseMembers) -> Step:
    """On once somebody is chosen."""
    return onward(state, scene) if scene.line.members else stay(state)


def _redraw(state: Terminal, scene: Choosing) -> Step:
    """The scene with its line changed; a new line is remembered for whoever goes back."""
    if scene.editing is None:
        state = with_visit(state, replace(visit_of(state), draft=scene.line))
    return go(state, scene)


def onward(state: Terminal, scene: Choosing) -> Step:
    """To the next screen of the line, or to the basket."""
    following_one = following(offer_of(visit_of(state)), scene)
    return add_line(state, scene.line, scene.editing) if following_one is None else go(state, following_one)


def back(state: Terminal, scene: Choosing) -> Step:
    """To the screen before; from the first to the basket when a line was being changed, else to where it was chosen."""
    visit = visit_of(state)
    before = preceding(offer_of(visit), scene)
    if before is not None:
        return go(state, before)
    if scene.editing is not None:
        return go(state, Confirm())
    visit = replace(visit, draft=scene.line)
    return go(with_visit(state, visit), chosen_by(visit))


def back_from_choice(state: Terminal, scene: ChoosePurpose | ChooseKind) -> Step:
    """From the names to the purposes, from there to the basket if there is one; else the person is asked for sure."""
    visit = visit_of(state)
    if isinstance(scene, ChooseKind) and offer_of(visit).purposes:
        return go(state, ChoosePurpose())
    if visit.basket:
        return go(state, Confirm())
    return stay(replace(state, overlay=AskCancel()))
