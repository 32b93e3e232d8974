"""Who can have a card delivered to a proxy (代理交付), and what supports that, as rows before and from the day on which
the ministry widened both. Being busy, at work or at school, is never a case. See `certserver.applications.proxy`."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from certserver.applications.dated import Confirmed, Dated


class ProxyCase(Enum):
    """Why somebody can't come."""

    ADULT_WARD = "adult-ward"
    """成年被後見人"""
    CURATED_OR_ASSISTED = "curated-or-assisted"
    """被保佐人・被補助人"""
    PUPIL = "pupil"
    """中学生・小学生"""
    PRESCHOOL = "preschool"
    """未就学児"""
    AGED_75 = "aged-75"
    LONG_IN_HOSPITAL = "long-in-hospital"
    """長期入院者"""
    DISABLED = "disabled"
    """障害者"""
    IN_A_FACILITY = "in-a-facility"
    """施設入居者"""
    NEEDS_CARE = "needs-care"
    """要介護・要支援認定者"""
    PREGNANT = "pregnant"
    STUDIES_ABROAD = "studies-abroad"
    """海外留学"""
    HIGH_SCHOOL = "high-school"
    """高校生・高専生"""
    WITHDRAWN_AT_HOME = "withdrawn-at-home"
    """ひきこもり等"""
    LONG_BUSINESS_TRIP = "long-business-trip"
    """長期（国内外）出張者"""
    AT_SEA = "at-sea"
    """長期に航行する船員"""
    BUSY = "busy"
    """仕事・学業で多忙"""


class Support(Enum):
    """A paper that supports a case (疎明資料), or that makes such a paper unnecessary."""

    DIAGNOSIS = "診断書"
    RECEIPT = "領収書"
    HOSPITAL_PLAN = "入院診療計画書"
    FEE_STATEMENT = "診療明細書"
    HOSPITAL_FACE = "病院長が作成する顔写真証明書"
    DISABILITY_BOOK = "障害者手帳"
    DISABILITY_SERVICE = "障害福祉サービス受給者証"
    SELF_SUPPORT_MEDICAL = "自立支援医療受給者証"
    FACILITY_PROOF = "入所証明書類"
    FACILITY_FACE = "施設長が作成する顔写真証明書"
    CARE_INSURANCE = "介護保険被保険者証"
    CARE_DECISION = "認定結果通知書"
    CARE_MANAGER_FACE = "ケアマネジャー及びその所属する事業者の長が作成する顔写真証明書"
    MATERNITY_BOOK = "母子健康手帳"
    CHECKUP_RECEIPT = "妊婦健診を受診したことが確認できる領収書"
    CHECKUP_VOUCHER = "受診券"
    VISA_COPY = "査証のコピー"
    FOREIGN_STUDENT_CARD_COPY = "留学先の学生証のコピー"
    STUDENT_CARD = "学生証"
    ENROLMENT = "在学証明書"
    AGENCY_PROOF = "公的な支援機関の職員が証する書類"
    AGENCY_FACE = "公的な支援機関の職員及びその長が作成する顔写真証明書"
    PROOF_OF_AUTHORITY = "代理権を証する書類"
    IDENTITY_DOCUMENT = "本人確認書類"
    LETTER_SAYS_HARD_TO_GO_OUT = "外出困難である旨を記載した委任状"


class Admission(Enum):
    """Whether a case is one."""

    YES = "○"
    NO = "×"
    PARTLY = "△"
    """How far, the ministry's table doesn't say: an officer decides."""
    PHYSICAL_ONLY = "△（身体のみ）"


@dataclass(frozen=True, slots=True)
class ProxyRow(Dated):
    """One case while the row counts. Any one of `any_of` supports it; all of `waived_by` together make such a paper
    unnecessary. `also_identity`: which of them count as identity documents too, as far as a city's page says so."""

    case: ProxyCase
    admission: Admission
    any_of: tuple[Support, ...] = ()
    waived_by: tuple[Support, ...] = ()
    also_identity: frozenset[Support] = frozenset()


_WIDENED = date(2023, 3, 31)
_NARROW_UNTIL = date(2023, 3, 30)
_TABLE = "slides, 代理交付の要件及び疎明資料の見直し (事務処理要領, 令和5年3月31日)"


def _before(case: ProxyCase, admission: Admission, *any_of: Support, until: date = _NARROW_UNTIL) -> ProxyRow:
    return ProxyRow(case, admission, any_of, until=until, source=_TABLE, confirmed=Confirmed.MINISTRY)


def _after(
    case: ProxyCase,
    *any_of: Support,
    waived_by: tuple[Support, ...] = (),
    face: Support | None = None,
    since: date = _WIDENED,
    source: str = _TABLE,
) -> ProxyRow:
    # 「事務処理要領に追記」: what the table names after the change was added to what had supported the case before.
    return ProxyRow(
        case,
        Admission.YES,
        any_of if face is None else (*any_of, face),
        waived_by,
        frozenset() if face is None else frozenset({face}),
        since=since,
        source=source,
        confirmed=Confirmed.MINISTRY,
    )


_BY_AUTHORITY = (Support.PROOF_OF_AUTHORITY,)
_BY_IDENTITY = (Support.IDENTITY_DOCUMENT,)
# 「８月に追加で改訂」: which day of August is not told. The first is taken.
_AUGUST = date(2023, 8, 1)
_LISTED = "slides, list of examples without a row of its own (客観的状況に照らして)"

PROXY_ROWS = (
    _before(ProxyCase.ADULT_WARD, Admission.NO),
    _after(ProxyCase.ADULT_WARD, waived_by=_BY_AUTHORITY),
    _before(ProxyCase.CURATED_OR_ASSISTED, Admission.NO),
    _after(ProxyCase.CURATED_OR_ASSISTED, waived_by=_BY_AUTHORITY),
    _before(ProxyCase.PUPIL, Admission.NO),
    _after(ProxyCase.PUPIL, waived_by=_BY_IDENTITY),
    _before(ProxyCase.PRESCHOOL, Admission.YES),
    _after(ProxyCase.PRESCHOOL, waived_by=_BY_IDENTITY),
    _before(ProxyCase.AGED_75, Admission.NO),
    _after(ProxyCase.AGED_75, waived_by=(Support.IDENTITY_DOCUMENT, Support.LETTER_SAYS_HARD_TO_GO_OUT)),
    _before(ProxyCase.LONG_IN_HOSPITAL, Admission.YES, Support.DIAGNOSIS, Support.RECEIPT),
    _after(
        ProxyCase.LONG_IN_HOSPITAL,
        *(Support.DIAGNOSIS, Support.RECEIPT, Support.HOSPITAL_PLAN, Support.FEE_STATEMENT),
        face=Support.HOSPITAL_FACE,
    ),
    _before(ProxyCase.DISABLED, Admission.PHYSICAL_ONLY, Support.DISABILITY_BOOK),
    _after(
        ProxyCase.DISABLED,
        *(Support.DISABILITY_BOOK, Support.DISABILITY_SERVICE, Support.SELF_SUPPORT_MEDICAL),
    ),
    _before(ProxyCase.IN_A_FACILITY, Admission.YES, Support.FACILITY_PROOF),
    _after(ProxyCase.IN_A_FACILITY, Support.FACILITY_PROOF, face=Support.FACILITY_FACE),
    _before(ProxyCase.NEEDS_CARE, Admission.PARTLY, Support.CARE_INSURANCE),
    _after(ProxyCase.NEEDS_CARE, Support.CARE_INSURANCE, Support.CARE_DECISION, face=Support.CARE_MANAGER_FACE),
    _before(ProxyCase.PREGNANT, Admission.NO),
    _after(ProxyCase.PREGNANT, Support.MATERNITY_BOOK, Support.CHECKUP_RECEIPT, Support.CHECKUP_VOUCHER),
    _before(ProxyCase.STUDIES_ABROAD, Admission.PARTLY, Support.VISA_COPY),
    _after(ProxyCase.STUDIES_ABROAD, Support.VISA_COPY, Support.FOREIGN_STUDENT_CARD_COPY),
    _before(ProxyCase.HIGH_SCHOOL, Admission.NO),
    _after(ProxyCase.HIGH_SCHOOL, Support.STUDENT_CARD, Support.ENROLMENT),
    _before(ProxyCase.WITHDRAWN_AT_HOME, Admission.NO, until=date(2023, 7, 31)),
    _after(
        ProxyCase.WITHDRAWN_AT_HOME,
        Support.AGENCY_PROOF,
        face=Support.AGENCY_FACE,
        since=_AUGUST,
        source="slides, row added in August 2023; the day is not told",
    ),
    ProxyRow(
        ProxyCase.LONG_BUSINESS_TRIP, Admission.PARTLY, since=_WIDENED, source=_LISTED, confirmed=Confirmed.MINISTRY
    ),
    ProxyRow(ProxyCase.AT_SEA, Admission.PARTLY, since=_WIDENED, source=_LISTED, confirmed=Confirmed.MINISTRY),
    ProxyRow(ProxyCase.BUSY, Admission.NO, source="municipal page of 2025", confirmed=Confirmed.SEEN),
)
