"""Choosing: purpose or kind, options, members, copies, basket. Back goes one step and keeps the answers."""

from dataclasses import replace

from kiosk.flow.change import Step, go, stay, visit_of, with_visit
from kiosk.flow.ending import decline
from kiosk.flow.scenes import AskCancel, ChooseKind, ChooseMembers, ChooseOptions, ChoosePurpose, Confirm, Scene
from kiosk.flow.state import Terminal, Visit
from kiosk.flow.touches import CopiesChanged, LineChanged, LineRemoved, MemberToggled, OptionSet, ScopeChosen
from kiosk.flow.values import Line, Offer, OfferedKind, Purpose, Suggestion
from koufu.evidence.order import MAX_LINES
from koufu.evidence.words import CertificateKind, Option, RefusalReason, Scope


def first_choice(offer: Offer) -> Scene:
    """Purposes where the municipality has set some, else kinds by name."""
    return ChoosePurpose() if offer.purposes else ChooseKind()


def offer_of(visit: Visit) -> Offer:
    """The offer that choosing can't be without."""
    assert visit.offer is not None
    return visit.offer


def purpose_taken(state: Terminal, scene: ChoosePurpose) -> Step:
    """On with the suggestion for the chosen purpose; or why it can't be had, and which window can help."""
    visit = visit_of(state)
    purpose = _purpose(visit, scene.chosen)
    if purpose is None or purpose.suggests is None:
        return stay(state)
    kind = purpose.suggests.kind
    offered = offer_of(visit).of(kind)
    refusal = RefusalReason.NOT_OFFERED if offered is None else offered.refusal
    if refusal is not None:
        # Whoever has something in the basket keeps it: among the names the reason stands beside each kind.
        return go(state, ChooseKind()) if visit.basket else decline(state, refusal, kind)
    return _choose(state, kind, purpose.suggests, purpose.code)


def kind_taken(state: Terminal, scene: ChooseKind) -> Step:
    """On with a kind chosen by name."""
    return stay(state) if scene.chosen is None else _choose(state, scene.chosen, None, None)


def _purpose(visit: Visit, code: str | None) -> Purpose | None:
    return next((purpose for purpose in offer_of(visit).purposes if purpose.code == code), None)


def _choose(state: Terminal, kind: CertificateKind, suggestion: Suggestion | None, origin: str | None) -> Step:
    visit = visit_of(state)
    offered = offer_of(visit).of(kind)
    if offered is None or offered.refusal is not None:
        return stay(state)
    kept = visit.draft if visit.draft is not None and (visit.draft.kind, visit.origin) == (kind, origin) else None
    line = kept or _suggested(offered, suggestion)
    state = with_visit(state, replace(visit, draft=line, origin=origin))
    if has_choices(offered):
        return go(state, ChooseOptions(line, None))
    return add_line(state, line, None)


def _suggested(offered: OfferedKind, suggestion: Suggestion | None) -> Line:
    scope = suggestion.scope if suggestion is not None and suggestion.scope in offered.scopes else offered.scopes[0]
    options = suggestion.options & set(offered.options) if suggestion is not None else frozenset[Option]()
    return Line(offered.kind, scope, frozenset(options), (), 1, offered.fee)


def has_choices(offered: OfferedKind) -> bool:
    """Whether there is anything to choose besides the number of copies."""
    return len(offered.scopes) > 1 or bool(offered.options)


def scope_chosen(state: Terminal, scene: ChooseOptions, touch: ScopeChosen) -> Step:
    """Whose data; chosen members are forgotten when the scope is another."""
    offered = offer_of(visit_of(state)).of(scene.line.kind)
    if offered is None or touch.scope not in offered.scopes:
        return stay(state)
    members = scene.line.members if touch.scope is Scope.MEMBERS else ()
    return _redraw(state, replace(scene, line=replace(scene.line, scope=touch.scope, members=members)))


def option_set(state: Terminal, scene: ChooseOptions, touch: OptionSet) -> Step:
    """Shown, or left out."""
    offered = offer_of(visit_of(state)).of(scene.line.kind)
    if offered is None or touch.option not in offered.options:
        return stay(state)
    chosen = scene.line.options
    options = chosen | {touch.option} if touch.shown else chosen - {touch.option}
    return _redraw(state, replace(scene, line=replace(scene.line, options=options)))


def member_toggled(state: Terminal, scene: ChooseMembers, touch: MemberToggled) -> Step:
    """In or out; members stand in the order of the offer, however they were touched."""
    references = [member.reference for member in offer_of(visit_of(state)).members]
    if touch.reference not in references:
        return stay(state)
    chosen = set(scene.line.members) ^ {touch.reference}
    members = tuple(reference for reference in references if reference in chosen)
    return _redraw(state, replace(scene, line=replace(scene.line, members=members)))


def _redraw(state: Terminal, scene: ChooseOptions | ChooseMembers) -> Step:
    """The scene with its line changed; a new line is remembered for whoever goes back."""
    if scene.editing is None:
        state = with_visit(state, replace(visit_of(state), draft=scene.line))
    return go(state, scene)


def options_taken(state: Terminal, scene: ChooseOptions) -> Step:
    """On to the members if some are to be chosen, else to the basket."""
    if scene.line.scope is Scope.MEMBERS:
        return go(state, ChooseMembers(scene.line, scene.editing))
    return add_line(state, scene.line, scene.editing)


def members_taken(state: Terminal, scene: ChooseMembers) -> Step:
    """On to the basket once somebody is chosen."""
    return add_line(state, scene.line, scene.editing) if scene.line.members else stay(state)


def add_line(state: Terminal, line: Line, editing: int | None) -> Step:
    """The line stands in the basket, new or in its old place."""
    visit = visit_of(state)
    basket = (
        (*visit.basket, line)
        if editing is None
        else tuple(line if at == editing else other for at, other in enumerate(visit.basket))
    )
    return go(with_visit(state, replace(visit, basket=basket, draft=None)), Confirm())


def copies_changed(state: Terminal, touch: CopiesChanged) -> Step:
    """One copy more or less, within what is offered."""
    visit = visit_of(state)
    if not 0 <= touch.line < len(visit.basket):
        return stay(state)
    line = visit.basket[touch.line]
    offered = offer_of(visit).of(line.kind)
    copies = line.copies + touch.by
    if offered is None or not 1 <= copies <= offered.max_copies:
        return stay(state)
    return add_line(state, replace(line, copies=copies), touch.line)


def line_changed(state: Terminal, touch: LineChanged) -> Step:
    """Back to the choices of one line."""
    visit = visit_of(state)
    if not 0 <= touch.line < len(visit.basket):
        return stay(state)
    line = visit.basket[touch.line]
    offered = offer_of(visit).of(line.kind)
    if offered is None or not has_choices(offered):
        return stay(state)
    return go(state, ChooseOptions(line, touch.line))


def line_removed(state: Terminal, touch: LineRemoved) -> Step:
    """A line less; with none left the choice begins anew."""
    visit = visit_of(state)
    if not 0 <= touch.line < len(visit.basket):
        return stay(state)
    basket = tuple(line for at, line in enumerate(visit.basket) if at != touch.line)
    state = with_visit(state, replace(visit, basket=basket, draft=None, origin=None))
    return go(state, Confirm() if basket else first_choice(offer_of(visit)))


def another_line(state: Terminal) -> Step:
    """One more certificate, while there is room."""
    visit = visit_of(state)
    if len(visit.basket) >= MAX_LINES:
        return stay(state)
    return go(with_visit(state, replace(visit, draft=None, origin=None)), first_choice(offer_of(visit)))


def back_from_confirm(state: Terminal) -> Step:
    """The last line is taken up again as it was."""
    visit = visit_of(state)
    line = visit.basket[-1]
    offered = offer_of(visit).of(line.kind)
    state = with_visit(state, replace(visit, basket=visit.basket[:-1], draft=line))
    if offered is not None and has_choices(offered):
        return go(state, ChooseOptions(line, None))
    return go(state, _chosen_by(visit_of(state)))


def back_from_choice(state: Terminal, scene: ChoosePurpose | ChooseKind) -> Step:
    """From the names to the purposes, from there to the basket if there is one; else the person is asked for sure."""
    visit = visit_of(state)
    if isinstance(scene, ChooseKind) and offer_of(visit).purposes:
        return go(state, ChoosePurpose())
    if visit.basket:
        return go(state, Confirm())
    return stay(replace(state, overlay=AskCancel()))


def back_from_options(state: Terminal, scene: ChooseOptions) -> Step:
    """To the basket when a line was being changed, else to what it was chosen by."""
    if scene.editing is not None:
        return go(state, Confirm())
    visit = visit_of(state)
    return go(with_visit(state, replace(visit, draft=scene.line)), _chosen_by(visit))


def _chosen_by(visit: Visit) -> Scene:
    """Where the line at hand was chosen, with the choice still there."""
    purpose = _purpose(visit, visit.origin)
    if purpose is not None:
        return ChoosePurpose(purpose.code)
    return ChooseKind(visit.draft.kind if visit.draft is not None else None)
