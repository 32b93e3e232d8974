"""The registers: which snapshot is in force, what is withheld or cancelled for one person at once, and how old the
lists of revoked X.509s are. Nobody is named: a person is told by the key of the register they stand in."""

from http import HTTPStatus

from certserver.console.routes import Answer, Gone, PageRoute, Shown
from certserver.console.said import Said
from certserver.console.visit import Visit
from certserver.errors import NoSuchEntry, StorageError
from certserver.office.cards import held_crls
from certserver.office.deliveries import restore, snapshots
from certserver.office.registers import (
    KosekiPerson,
    NotSet,
    Resident,
    Whom,
    cancel_seal,
    lift_withholding,
    require_to_lift,
    revive_seal,
    set_withholding,
)
from certserver.office.rights import Right
from certserver.registers.model import Withholding

_LONGEST_KEY = 40
_DIGITS = 9
_SEAL = "/registers/seal"


def show(visit: Visit) -> Answer:
    """All of it."""
    return _shown(visit)


def withhold(visit: Visit) -> Answer:
    """Sets a measure or a hold, or lifts one once that is meant: an address may stand on the very next document."""
    whom = _whom(visit)
    try:
        kind, lifts = Withholding(visit.typed("kind")), {"set": False, "lift": True}[visit.typed("change")]
    except (ValueError, KeyError):
        return _shown(visit, "choose")
    if whom is None:
        return _shown(visit, "whom")
    try:
        if not lifts:
            set_withholding(visit.desk, whom, kind)
            return Gone("/registers", Said.WITHHOLDING_SET)
        if visit.typed("although") != "yes":
            require_to_lift(visit.desk, whom, kind)
            return _shown(visit, lifting=kind)
        stays = lift_withholding(visit.desk, whom, kind).stays
    except NotSet as refused:
        return _shown(visit, refused.why.value)
    return Gone("/registers", Said.WITHHOLDING_STAYS if stays else Said.WITHHOLDING_LIFTED)


def change_seal(visit: Visit) -> Answer:
    """Cancels a registered seal, or takes that back."""
    resident_id = visit.typed("resident", _LONGEST_KEY)
    try:
        revives = {"cancel": False, "revive": True}[visit.typed("change")]
    except KeyError:
        return _shown(visit, "choose")
    if not resident_id:
        return _shown(visit, "whom")
    try:
        (revive_seal if revives else cancel_seal)(visit.desk, Resident(resident_id))
    except NotSet as refused:
        return _shown(visit, refused.why.value)
    return Gone("/registers", Said.SEAL_REVIVED if revives else Said.SEAL_CANCELLED)


def bring_back(visit: Visit) -> Answer:
    """Brings a snapshot back that was in force before, once that is meant: card applications may end by it."""
    told = visit.named["snapshot"]
    if not told.isdecimal() or not told.isascii() or len(told) > _DIGITS:
        raise NoSuchEntry("there is no such snapshot")
    chosen = next((each for each in snapshots(visit.desk) if each.number == int(told)), None)
    if chosen is None:
        raise NoSuchEntry("there is no such snapshot")
    if visit.typed("although") != "yes" and chosen.can_return:
        return _shown(visit, restoring=chosen.number)
    try:
        restore(visit.desk, int(told))
    except StorageError:
        return _shown(visit, "not-ready")
    return Gone("/registers", Said.SNAPSHOT_RESTORED)


def _shown(visit: Visit, wrong: str = "", *, lifting: Withholding | None = None, restoring: int | None = None) -> Shown:
    """The page, with what is wrong, or with what is asked first."""
    told = {
        "snapshots": snapshots(visit.desk),
        "crls": held_crls(visit.desk),
        "now": visit.now,
        "withholdings": [each.value for each in Withholding],
        "may_keep": visit.who.officer.may(Right.KEEP_REGISTERS),
        "wrong": wrong,
        "typed": {name: visit.typed(name, _LONGEST_KEY) for name in ("resident", "koseki", "person")},
        "of_seal": visit.path == _SEAL,
        "lifting": "" if lifting is None else lifting.value,
        "restoring": restoring,
    }
    undone = wrong or lifting is not None or restoring is not None
    return Shown("registers", told, HTTPStatus.UNPROCESSABLE_ENTITY if undone else HTTPStatus.OK)


def _whom(visit: Visit) -> Whom | None:
    """Whoever is meant; None where that is not told, or told twice."""
    resident_id, koseki_id, person_id = (visit.typed(name, _LONGEST_KEY) for name in ("resident", "koseki", "person"))
    if resident_id and not koseki_id and not person_id:
        return Resident(resident_id)
    if koseki_id and person_id and not resident_id:
        return KosekiPerson(koseki_id, person_id)
    return None


PAGES = (
    PageRoute("/registers", show, right=Right.SEE, menu="menu.registers"),
    PageRoute("/registers/withholding", None, withhold, right=Right.KEEP_REGISTERS),
    PageRoute(_SEAL, None, change_seal, right=Right.KEEP_REGISTERS),
    PageRoute("/registers/snapshots/{snapshot}", None, bring_back, right=Right.KEEP_REGISTERS, slow=True),
)
