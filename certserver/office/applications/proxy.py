"""The check list of who may take a card (交付, 代理交付), before anybody stands at the counter: what the rules of today
want for a case, and what of it is still missing. Whether a card is handed over is judged at the counter, from what is
shown there; nothing that is ticked here is kept."""

from collections.abc import Iterable
from dataclasses import dataclass

from certserver.applications.ages import needs_legal_representative
from certserver.applications.dated import Confirmed, in_force
from certserver.applications.form import born, is_yes
from certserver.applications.hand_over import Admitted, Coming, HandOver, Lacking, judge_hand_over
from certserver.applications.identity import IdentityDocument, ShownDocument
from certserver.applications.proxy_cases import PROXY_ROWS, ProxyCase, Support
from certserver.errors import NoSuchEntry
from certserver.office.applications.acting import known, raise_declined
from certserver.office.desk import Desk
from certserver.office.purposes import Purpose
from certserver.office.rights import Right
from certserver.pipeline.card_applications.counter_rows import read_counter_settings
from certserver.pipeline.card_applications.outcomes import Declined
from certserver.pipeline.card_applications.viewing import Shown, show
from certserver.ports import in_japan


@dataclass(frozen=True, slots=True)
class Case:
    """A case as today's row has it: whether it is one (○, ×, △), any of which papers supports it, and which together
    make such a paper unnecessary."""

    case: str
    admission: str
    any_of: tuple[Support, ...]
    waived_by: tuple[Support, ...]
    sure: Confirmed


@dataclass(frozen=True, slots=True)
class Ticked:
    """What is ticked, in words; `also` are some of `ALSO`."""

    coming: str
    case: str = ""
    brought: tuple[str, ...] = ()
    of_holder: tuple[str, ...] = ()
    of_taker: tuple[str, ...] = ()
    also: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Judged:
    """What follows: nothing is missing, or all that is, in words, with why a case is none and what would do."""

    complete: bool
    lacks: tuple[str, ...] = ()
    proxy: str = ""
    bring: tuple[Support, ...] = ()
    or_else_all: tuple[Support, ...] = ()
    holder_would_do: tuple[str, ...] = ()
    taker_would_do: tuple[str, ...] = ()
    pins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckList:
    """The cases of today, the documents that are taken, and what follows from what was ticked (None: nothing was)."""

    cases: tuple[Case, ...]
    documents: tuple[tuple[str, str], ...]
    """Each with its class."""
    needs_representative: bool
    face_auth: bool
    judged: Judged | None


def check_list(desk: Desk, application_id: str, ticked: Ticked | None, purpose: Purpose | None) -> CheckList:
    """The check list of an application; the view is noted. Raises `NoSuchEntry`, and `ValueError` for words that are
    none."""
    desk.demand(Right.DECIDE_APPLICATIONS)
    shown = show(desk.applications, known(desk, purpose), desk.municipality, application_id)
    if isinstance(shown, Declined):
        raise_declined(shown)
    birth = None if not isinstance(shown, Shown) or shown.personal is None else born(shown.personal.form)
    if birth is None or not isinstance(shown, Shown) or shown.personal is None:
        raise NoSuchEntry("of this application nothing is there to check")
    day = in_japan(desk.now()).date()
    with desk.database.reading() as connection:
        documents = read_counter_settings(connection, desk.municipality).policy(desk.now()).documents
    ward = is_yes(shown.personal.form, "adult-ward")
    face_auth = shown.application.face_auth
    judged = None
    if ticked is not None:
        asked = _asked(ticked, ward=ward)
        judged = _told(judge_hand_over(asked, birth, day, face_auth=face_auth, documents=documents))
    return CheckList(
        cases=tuple(
            Case(row.case.value, row.admission.value, row.any_of, row.waived_by, row.confirmed)
            for row in in_force(PROXY_ROWS, day)
        ),
        documents=tuple((row.document.value, row.of.value) for row in in_force(documents, day)),
        needs_representative=needs_legal_representative(birth, day, adult_ward=ward),
        face_auth=face_auth,
        judged=judged,
    )


def _asked(ticked: Ticked, *, ward: bool) -> HandOver:
    return HandOver(
        coming=Coming(ticked.coming),
        case=ProxyCase(ticked.case) if ticked.case else None,
        adult_ward=ward,
        officer_grants="officer-grants" in ticked.also,
        brought=frozenset(Support[each.upper().replace("-", "_")] for each in _known(ticked.brought)),
        reply="reply" in ticked.also,
        letter_of_attorney="letter-of-attorney" in ticked.also,
        sealed_pin_form="pin-form" in ticked.also,
        of_holder=tuple(ShownDocument(IdentityDocument(each)) for each in ticked.of_holder),
        of_taker=tuple(ShownDocument(IdentityDocument(each)) for each in ticked.of_taker),
    )


def _known(words: Iterable[str]) -> Iterable[str]:
    """Raises `ValueError` for a word that is none."""
    for each in words:
        if each not in SUPPORT_WORDS:
            raise ValueError(f"{each}: there is no such paper")
        yield each


def support_word(support: Support) -> str:
    """The word for a supporting paper in a form."""
    return support.name.lower().replace("_", "-")


SUPPORT_WORDS = frozenset(support_word(each) for each in Support)
COMINGS = tuple(each.value for each in Coming)
CASES = tuple(each.value for each in ProxyCase)
ALSO = ("reply", "letter-of-attorney", "pin-form", "officer-grants")


def _told(verdict: Admitted | Lacking) -> Judged:
    if isinstance(verdict, Admitted):
        return Judged(complete=True, pins=tuple(sorted(each.value for each in verdict.pins)))
    return Judged(
        complete=False,
        lacks=tuple(each.value for each in verdict.lacks),
        proxy="" if verdict.proxy is None else verdict.proxy.value,
        bring=verdict.bring,
        or_else_all=verdict.or_else_all,
        holder_would_do=() if verdict.holder is None else tuple(each.value for each in verdict.holder.would_do),
        taker_would_do=() if verdict.taker is None else tuple(each.value for each in verdict.taker.would_do),
    )
