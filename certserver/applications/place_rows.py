"""Which procedure the law or practice lets happen at which kind of place, and by whom of its staff, as dated rows: the
widest that any municipality may open. What one did open is `certserver.applications.commissions`. The three levels of
post offices are never mixed: an office has each by a row of its own."""

from dataclasses import dataclass
from datetime import date

from certserver.applications.dated import Confirmed, Dated
from certserver.applications.places import POST_OFFICE_PLACES, Place, Procedure
from certserver.applications.states import Role
from koufu.applying.words import Comer


@dataclass(frozen=True, slots=True)
class PlaceRow(Dated):
    """One procedure at one kind of place while the row counts. `residents_only`: of the municipality whose place it is;
    a consulate serves whoever lives abroad. `basis` is the law or notice, empty where none was read. `roles`: who of
    the staff does it."""

    place: Place
    procedure: Procedure
    basis: str
    comers: frozenset[Comer]
    roles: frozenset[Role]
    residents_only: bool = True


POST_OFFICE_LAW = "地方公共団体の特定の事務の郵便局における取扱いに関する法律（平成13年法律第120号）"
_ANYBODY = frozenset(Comer)
_SELF = frozenset({Comer.PERSON})
_FAMILY = frozenset({Comer.PERSON, Comer.LEGAL_REPRESENTATIVE})
_SLIDES = "slides"
_STAFF = frozenset({Role.HELPER, Role.CLERK, Role.OFFICER})
_OFFICERS = frozenset({Role.OFFICER})
_CLERKS = frozenset({Role.CLERK})
_COUNTER, _FIELD = Place.MUNICIPAL_COUNTER, Place.FIELD_INTAKE
_FACE_AUTH_SINCE = date(2023, 12, 15)
_ABROAD_SINCE = date(2024, 5, 27)
_FIRST_X509_OFFICE = date(2022, 5, 10)
_OTHERS_NOTICE = date(2023, 8, 7)


def _row(
    place: Place,
    procedure: Procedure,
    comers: frozenset[Comer],
    source: str = _SLIDES,
    confirmed: Confirmed = Confirmed.MINISTRY,
    *,
    since: date | None = None,
    until: date | None = None,
    basis: str = "",
    residents_only: bool = True,
) -> PlaceRow:
    return PlaceRow(
        place,
        procedure,
        basis,
        comers,
        _roles(place, procedure),
        residents_only,
        since=since,
        until=until,
        source=source,
        confirmed=confirmed,
    )


def _roles(place: Place, procedure: Procedure) -> frozenset[Role]:
    """Helping with the form is anybody's. A public act is an officer's of the municipality, and a clerk's at the post
    office that it commissioned; a consulate's own staff are officers here."""
    if procedure is Procedure.FORM_SUPPORT:
        return _STAFF
    return _CLERKS if place in POST_OFFICE_PLACES else _OFFICERS


_AT_COUNTER = (
    _row(_COUNTER, Procedure.FORM_SUPPORT, _ANYBODY, "", Confirmed.DESIGN, residents_only=False),
    _row(_COUNTER, Procedure.CARD_APPLICATION, _FAMILY, basis="カード省令20条"),
    _row(_COUNTER, Procedure.EXPRESS, _FAMILY, since=date(2024, 12, 2)),
    _row(_COUNTER, Procedure.CARD_DELIVERY, _FAMILY),
    _row(
        _COUNTER, Procedure.PROXY_DELIVERY, frozenset({Comer.PROXY, Comer.LEGAL_REPRESENTATIVE}), basis="事務処理要領"
    ),
    *(
        _row(_COUNTER, procedure, _ANYBODY, "remembered; a proxy brings the sealed 照会書兼回答書", Confirmed.MEMORY)
        for procedure in (
            *(Procedure.X509_ISSUE, Procedure.X509_RENEWAL, Procedure.X509_REVOCATION),
            *(Procedure.PIN_CHANGE, Procedure.PIN_RESET, Procedure.LOSS_REPORT),
        )
    ),
    _row(_COUNTER, Procedure.FACE_AUTH_SWITCH, _ANYBODY, since=_FACE_AUTH_SINCE),
    _row(
        _COUNTER,
        Procedure.CONTINUED_USE,
        _FAMILY,
        "municipal pages (katano, shiga-konan)",
        Confirmed.SEEN,
        since=_ABROAD_SINCE,
    ),
)

_IN_THE_FIELD = (
    _row(_FIELD, Procedure.FORM_SUPPORT, _ANYBODY, residents_only=False),
    _row(_FIELD, Procedure.CARD_APPLICATION, _FAMILY, until=date(2023, 8, 6)),
    _row(
        _FIELD,
        Procedure.CARD_APPLICATION,
        _FAMILY,
        since=_OTHERS_NOTICE,
        basis="番号法16条の2第2項、令和5年8月7日付け総行マ第105号",
        residents_only=False,
    ),
    _row(_FIELD, Procedure.FACE_AUTH_SWITCH, _FAMILY, since=_FACE_AUTH_SINCE),
    _row(Place.FIELD_SUPPORT, Procedure.FORM_SUPPORT, _ANYBODY, residents_only=False),
)

_PRESS = "trade press: first office 2022-05-10; since when the law allows it was not read"
_LIMITS = "municipal pages (kasaoka, nanto): the person only, residents only"

_AT_POST_OFFICES = (
    _row(Place.POST_OFFICE_SUPPORT, Procedure.FORM_SUPPORT, _SELF, _LIMITS, Confirmed.SEEN),
    *(
        _row(
            Place.POST_OFFICE_X509,
            procedure,
            _SELF,
            _PRESS,
            Confirmed.SEEN,
            since=_FIRST_X509_OFFICE,
            basis=POST_OFFICE_LAW,
        )
        for procedure in (
            *(Procedure.X509_ISSUE, Procedure.X509_RENEWAL),
            *(Procedure.PIN_CHANGE, Procedure.PIN_RESET),
        )
    ),
    _row(
        Place.POST_OFFICE_X509,
        Procedure.LOSS_REPORT,
        _SELF,
        "municipal page (nanto)",
        Confirmed.SEEN,
        since=date(2025, 11, 11),
        basis=POST_OFFICE_LAW,
    ),
    _row(
        Place.POST_OFFICE_INTAKE,
        Procedure.CARD_APPLICATION,
        _SELF,
        since=date(2023, 6, 9),
        basis=POST_OFFICE_LAW,
    ),
)

_AT_CONSULATES = tuple(
    _row(Place.CONSULATE, procedure, _FAMILY, since=_ABROAD_SINCE, residents_only=False)
    for procedure in (Procedure.CARD_APPLICATION, Procedure.CARD_DELIVERY, Procedure.X509_RENEWAL)
)

PLACE_ROWS = _AT_COUNTER + _IN_THE_FIELD + _AT_POST_OFFICES + _AT_CONSULATES
