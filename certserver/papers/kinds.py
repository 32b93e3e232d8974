"""The table of papers that this software draws: for each what it is about, and who may have it when. None of them ever
bears an individual number or a PIN."""

from dataclasses import dataclass
from enum import Enum

from certserver.applications.states import Role, State


class PaperKind(Enum):
    """A paper; the value is its word on the wire and at the command line."""

    APPLICATION_FORM = "application-form"
    """個人番号カード交付申請書 兼 電子証明書発行申請書"""
    DELIVERY_NOTICE = "delivery-notice"
    """交付通知書（兼照会書）, with 回答書, 暗証番号設定依頼書 and 委任状"""
    PIN_REQUEST = "pin-request"
    """暗証番号設定依頼書, by itself"""
    LETTER_OF_ATTORNEY = "letter-of-attorney"
    """委任状, by itself"""
    FACE_HOSPITAL = "face-hospital"
    """顔写真証明書, by the head of a hospital"""
    FACE_FACILITY = "face-facility"
    """by the head of a facility"""
    FACE_CARE = "face-care"
    """by a care manager and the head of the operator"""
    FACE_SUPPORT = "face-support"
    """by a member of a public support agency and its head"""
    LOSS_REPORT = "loss-report"
    """紛失届"""
    PINS_EXPLAINED = "pins-explained"
    """暗証番号の設定の説明"""
    PHOTO_EXPLAINED = "photo-explained"
    INTENT_EXPLAINED = "intent-explained"
    """申請の意思の確認"""
    WHERE_TO_GO = "where-to-go"
    READINESS = "readiness"
    """What a designated post office has done before its first day."""
    POSTED_NOTICE = "posted-notice"
    """取り扱う事務の掲示"""


class PaperLanguage(Enum):
    """In which language a paper that explains is written. Forms are in Japanese alone, as an office reads them."""

    JAPANESE = "ja"
    ENGLISH = "en"


class About(Enum):
    """What a paper is about."""

    APPLICATION = "application"
    """One application; blank without one."""
    NOBODY = "nobody"
    """The same for everybody."""
    MATTER = "matter"
    """What somebody came for and can't have here."""
    OFFICE = "office"
    """An office that a municipality commissioned."""


_AT_COUNTERS = frozenset({Role.HELPER, Role.CLERK, Role.OFFICER})
_OFFICERS = frozenset({Role.OFFICER})
_CARD_IS_THERE = frozenset({State.SET_UP, State.RETURNED_TO_SENDER, State.NOTICE_SENT, State.RESERVED})


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper: its title, what it is about; of one about an application, by whom and in which states it can be had
    with what stands in it (None: in every one)."""

    kind: PaperKind
    title: str
    about: About
    filled_for: frozenset[Role] = _AT_COUNTERS
    filled_in: frozenset[State] | None = None


_FACE_TITLE = "個人番号カード顔写真証明書"

PAPERS = {
    row.kind: row
    for row in (
        PaperRow(PaperKind.APPLICATION_FORM, "個人番号カード交付申請書　兼　電子証明書発行申請書", About.APPLICATION),
        PaperRow(
            PaperKind.DELIVERY_NOTICE,
            "個人番号カード交付通知書（兼照会書）",
            About.APPLICATION,
            _OFFICERS,
            _CARD_IS_THERE,
        ),
        PaperRow(PaperKind.PIN_REQUEST, "暗証番号設定依頼書", About.APPLICATION),
        PaperRow(PaperKind.LETTER_OF_ATTORNEY, "委任状", About.APPLICATION, _OFFICERS, _CARD_IS_THERE),
        PaperRow(PaperKind.FACE_HOSPITAL, _FACE_TITLE, About.APPLICATION, _OFFICERS),
        PaperRow(PaperKind.FACE_FACILITY, _FACE_TITLE, About.APPLICATION, _OFFICERS),
        PaperRow(PaperKind.FACE_CARE, _FACE_TITLE, About.APPLICATION, _OFFICERS),
        PaperRow(PaperKind.FACE_SUPPORT, _FACE_TITLE, About.APPLICATION, _OFFICERS),
        PaperRow(PaperKind.LOSS_REPORT, "個人番号カード等紛失届", About.APPLICATION),
        PaperRow(PaperKind.PINS_EXPLAINED, "暗証番号の設定", About.NOBODY),
        PaperRow(PaperKind.PHOTO_EXPLAINED, "顔写真のとり方", About.NOBODY),
        PaperRow(PaperKind.INTENT_EXPLAINED, "申請の意思の確認", About.NOBODY),
        PaperRow(PaperKind.WHERE_TO_GO, "手続きができるところ", About.MATTER),
        PaperRow(PaperKind.READINESS, "郵便局での事務の開始までの確認表", About.OFFICE),
        PaperRow(PaperKind.POSTED_NOTICE, "取り扱う事務の掲示", About.OFFICE),
    )
}


def may_be_filled(kind: PaperKind, role: Role, state: State) -> bool:
    """Whether a paper can be had with what an application says, by whoever may see all of that application."""
    row = PAPERS[kind]
    return (
        row.about is About.APPLICATION and role in row.filled_for and (row.filled_in is None or state in row.filled_in)
    )
