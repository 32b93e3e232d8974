"""The screens on which one line is chosen, in their order, for whoever goes on, back, or changes a line: what it is
about, what it shows and whose data, whom. Pure; decides nothing of what may be ordered."""

from kiosk.flow.scenes import ChooseKind, ChooseMatter, ChooseMembers, ChooseOptions, ChoosePurpose, Scene
from kiosk.flow.state import Visit
from kiosk.flow.values.offer import Offer, OfferedKind, Purpose, Suggestion
from kiosk.flow.values.order import Line
from koufu.evidence.words import NUMBER_OPTIONS, Option, Scope

Choosing = ChooseMatter | ChooseOptions | ChooseMembers
"""A screen on which something of a line is chosen. Back keeps the line as it stands there."""


def offer_of(visit: Visit) -> Offer:
    """The offer that choosing can't be without."""
    assert visit.offer is not None
    return visit.offer


def first_choice(offer: Offer) -> Scene:
    """Purposes where the municipality has set some, else kinds by name."""
    return ChoosePurpose() if offer.purposes else ChooseKind()


def choices(offer: Offer, line: Line, editing: int | None) -> tuple[Choosing, ...]:
    """All screens of a line. None, where nothing is to be chosen but the number of copies."""
    offered = offer.of(line.kind)
    if offered is None:
        return ()
    screens: list[Choosing] = []
    if offered.matters:
        screens.append(ChooseMatter(line, editing))
    if len(offered.scopes) > 1 or offered.options:
        screens.append(ChooseOptions(line, editing))
    if line.scope is Scope.MEMBERS:
        screens.append(ChooseMembers(line, editing))
    return tuple(screens)


def following(offer: Offer, scene: Choosing) -> Choosing | None:
    """The screen after this one; None when the line is complete."""
    later = (each for each in choices(offer, scene.line, scene.editing) if _rank(each) > _rank(scene))
    return next(later, None)


def preceding(offer: Offer, scene: Choosing) -> Choosing | None:
    """The screen before this one; None at the first."""
    earlier = [each for each in choices(offer, scene.line, scene.editing) if _rank(each) < _rank(scene)]
    return earlier[-1] if earlier else None


def _rank(scene: Choosing) -> int:
    return (ChooseMatter, ChooseOptions, ChooseMembers).index(type(scene))


def suggested(offered: OfferedKind, suggestion: Suggestion | None) -> Line:
    """A line to begin with. A number is never suggested: only the person's own finger puts one on a page. The only
    matter that can be had is taken, among several none."""
    scope = suggestion.scope if suggestion is not None and suggestion.scope in offered.scopes else offered.scopes[0]
    options = frozenset[Option]() if suggestion is None else suggestion.options & set(offered.options) - NUMBER_OPTIONS
    matters = [matter.reference for matter in offered.matters if matter.refusal is None]
    matter = matters[0] if len(matters) == 1 else ""
    return Line(offered.kind, scope, frozenset(options), (), 1, offered.fee, matter)


def purpose_of(visit: Visit, code: str | None) -> Purpose | None:
    """A purpose of the offer."""
    return next((purpose for purpose in offer_of(visit).purposes if purpose.code == code), None)


def chosen_by(visit: Visit) -> Scene:
    """Where the line at hand was chosen, with the choice still there."""
    purpose = purpose_of(visit, visit.origin)
    if purpose is not None:
        return ChoosePurpose(purpose.code)
    return ChooseKind(visit.draft.kind if visit.draft is not None else None)
