"""Whether a card may go by mail (申請時来庁方式): whoever applies comes once, when applying, and is identified then.
Who was not identified by a public officer fetches the card at a counter. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from certserver.applications.ages import needs_legal_representative
from certserver.applications.dated import Confirmed, Dated, in_force
from certserver.applications.identity import NotProven, Proven


class Occasion(Enum):
    """Why a card is applied for, as far as its way depends on it."""

    FIRST = "first"
    RENEWAL = "renewal"
    """Within the three months before expiry."""
    ANNOTATIONS_FULL = "annotations-full"
    """追記欄の満欄"""
    OTHER = "other"


_HANDS_IN = frozenset({Occasion.RENEWAL, Occasion.ANNOTATIONS_FULL})


class MailCondition(Enum):
    """What must hold before a card goes by mail."""

    PERSON_CAME = "person-came"
    REPRESENTATIVE_CAME = "representative-came"
    """Where the applicant is under 15 or an adult ward."""
    IDENTITY_PROVEN = "identity-proven"
    OCCASION = "occasion"
    """A first card, a renewal in its time, or one whose annotations are full."""
    OLD_CARD_HANDED_IN = "old-card-handed-in"
    NO_CHANGE_PLANNED = "no-change-planned"
    """No move and no change of name."""
    NO_FORWARDING = "no-forwarding"
    """No 転居・転送届 at the post office."""
    PIN_CONSENT = "pin-consent"
    """Staff enter the PIN from the sealed 暗証番号設定依頼書."""
    COPY_CONSENT = "copy-consent"
    """Identity documents are copied."""


@dataclass(frozen=True, slots=True)
class MailVisit:
    """What is known at the visit. `identity` is what `prove_identity` found, None where no officer looked."""

    occasion: Occasion
    identity: Proven | NotProven | None
    born: date = field(repr=False)
    adult_ward: bool = False
    person_came: bool = True
    representative_came: bool = False
    old_card_handed_in: bool = False
    change_planned: bool = False
    forwarding: bool = False
    pin_consent: bool = False
    copy_consent: bool = False
    face_auth: bool = False
    """A card without a PIN: there is none to enter."""


@dataclass(frozen=True, slots=True)
class MailRules(Dated):
    """For how many days an addressee-only letter is kept; then it goes back to the municipality, and the person fetches
    the card at the counter."""

    kept_days: int


MAIL_RULES = MailRules(10, source="mailmate (roughly)", confirmed=Confirmed.SEEN)
_CONDITIONS = "municipal pages (nagoya, kawajima, ome, nagayo); they differ"


@dataclass(frozen=True, slots=True)
class ConditionRow(Dated):
    """A condition that a municipality sets while the row counts."""

    condition: MailCondition


CONDITIONS = tuple(ConditionRow(each, source=_CONDITIONS, confirmed=Confirmed.SEEN) for each in MailCondition)


def unmet(visit: MailVisit, day: date, rows: Iterable[ConditionRow] = CONDITIONS) -> tuple[MailCondition, ...]:
    """What speaks against the mail on a day, in the order of the rows; nothing when the card may go by it."""
    with_representative = needs_legal_representative(visit.born, day, adult_ward=visit.adult_ward)
    holds = {
        MailCondition.PERSON_CAME: visit.person_came,
        MailCondition.REPRESENTATIVE_CAME: visit.representative_came or not with_representative,
        MailCondition.IDENTITY_PROVEN: isinstance(visit.identity, Proven),
        MailCondition.OCCASION: visit.occasion is not Occasion.OTHER,
        MailCondition.OLD_CARD_HANDED_IN: visit.old_card_handed_in or visit.occasion not in _HANDS_IN,
        MailCondition.NO_CHANGE_PLANNED: not visit.change_planned,
        MailCondition.NO_FORWARDING: not visit.forwarding,
        MailCondition.PIN_CONSENT: visit.pin_consent or visit.face_auth,
        MailCondition.COPY_CONSENT: visit.copy_consent,
    }
    return tuple(row.condition for row in in_force(rows, day) if not holds[row.condition])


class MailKind(Enum):
    """How a card travels. None of them is ever forwarded, and none is handed to family."""

    ADDRESSEE_ONLY_BASIC = "addressee-only-basic"
    """本人限定受取郵便（基本型）"""
    ADDRESSEE_ONLY_SPECIAL = "addressee-only-special"
    """本人限定受取郵便（特例型）"""
    ADDRESSEE_ONLY_RECORDED = "addressee-only-recorded"
    """本人限定受取郵便（特定事項伝達型）"""
    SIMPLE_REGISTERED = "simple-registered"
    """簡易書留"""
    REGISTERED = "registered"
    """書留"""


@dataclass(frozen=True, slots=True)
class MailRow(Dated):
    """What a kind asks of the addressee. `arrival_notice`: a notice goes ahead, and the letter is fetched or called
    for; `at_door`: it is also brought."""

    kind: MailKind
    carries_cards: bool
    addressee_only: bool
    arrival_notice: bool
    at_door: bool
    asks: str


_MAILMATE = "mailmate"

MAIL_ROWS = (
    MailRow(
        MailKind.ADDRESSEE_ONLY_BASIC,
        *(False, True, True, False),
        "顔写真付きの本人確認書類1点、又は顔写真のないもの2点",
        source=_MAILMATE,
        confirmed=Confirmed.SEEN,
    ),
    MailRow(
        MailKind.ADDRESSEE_ONLY_SPECIAL,
        *(True, True, True, True),
        "公的な本人確認書類1点",
        source=_CONDITIONS,
        confirmed=Confirmed.SEEN,
    ),
    MailRow(
        MailKind.ADDRESSEE_ONLY_RECORDED,
        *(False, True, True, True),
        "本人確認書類1点（記載事項が差出人に伝えられる）",
        source=_MAILMATE,
        confirmed=Confirmed.SEEN,
    ),
    MailRow(MailKind.SIMPLE_REGISTERED, *(True, False, False, True), "", source=_CONDITIONS, confirmed=Confirmed.SEEN),
    MailRow(MailKind.REGISTERED, *(True, False, False, True), "", source=_CONDITIONS, confirmed=Confirmed.SEEN),
)


def mail_row(kind: MailKind) -> MailRow:
    """What a kind of mail asks."""
    return next(row for row in MAIL_ROWS if row.kind is kind)


def kept_until(arrived_on: date) -> date:
    """Until which day (目安) a letter that came to a post office on a day is kept there."""
    return arrived_on + timedelta(days=MAIL_RULES.kept_days)
