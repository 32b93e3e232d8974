"""The words of forms for what an application says in words of the wire; others stand as they were told."""

import unicodedata
from collections.abc import Mapping
from datetime import date

from certserver.applications.permissions import NotHere, SiteKind
from certserver.applications.places import Place, Procedure
from certserver.applications.proxy_cases import ProxyCase
from certserver.applications.readiness import Step
from certserver.documents.eras import era_date, western_date

SIGNATURES: Mapping[str, str] = {
    "handwritten": "自署",
    "printed-name": "記名・押印",
    "braille": "点字・押印",
    "scribed": "代筆・押印",
}
"""署名又は記名押印, in the order of the form."""

EXPRESSED: Mapping[str, str] = {
    "gesture": "うなずき・身ぶり",
    "helper": "支援者を通じて",
    "speech": "口頭",
    "writing": "筆談・文字",
}

PHOTO_EXCEPTIONS: Mapping[str, str] = {
    "bedridden": "寝たきり",
    "disability": "障がい",
    "infant": "乳幼児",
    "medical": "医療上の理由",
    "religion": "宗教上の理由",
}

PROXY_CASES: Mapping[ProxyCase, str] = {
    ProxyCase.ADULT_WARD: "成年被後見人",
    ProxyCase.CURATED_OR_ASSISTED: "被保佐人・被補助人",
    ProxyCase.PUPIL: "中学生・小学生",
    ProxyCase.PRESCHOOL: "未就学児",
    ProxyCase.AGED_75: "75歳以上の方",
    ProxyCase.LONG_IN_HOSPITAL: "長期に入院している方",
    ProxyCase.DISABLED: "障がいのある方",
    ProxyCase.IN_A_FACILITY: "施設に入所している方",
    ProxyCase.NEEDS_CARE: "要介護・要支援認定を受けた方",
    ProxyCase.PREGNANT: "妊娠している方",
    ProxyCase.STUDIES_ABROAD: "海外に留学している方",
    ProxyCase.HIGH_SCHOOL: "高校生・高専生",
    ProxyCase.WITHDRAWN_AT_HOME: "社会的参加を回避している方",
    ProxyCase.LONG_BUSINESS_TRIP: "長期に出張している方",
    ProxyCase.AT_SEA: "長期に航行する船員",
    ProxyCase.BUSY: "いそがしい方",
}

PROCEDURES: Mapping[Procedure, str] = {
    Procedure.FORM_SUPPORT: "マイナンバーカードの申請の手伝い",
    Procedure.CARD_APPLICATION: "マイナンバーカードの申請",
    Procedure.EXPRESS: "マイナンバーカードの特急発行の申請",
    Procedure.CARD_DELIVERY: "マイナンバーカードの受け取り",
    Procedure.PROXY_DELIVERY: "代理の人によるマイナンバーカードの受け取り",
    Procedure.X509_ISSUE: "電子証明書の発行",
    Procedure.X509_RENEWAL: "電子証明書の更新",
    Procedure.X509_REVOCATION: "電子証明書の失効",
    Procedure.PIN_CHANGE: "暗証番号の変更",
    Procedure.PIN_RESET: "暗証番号の初期化・再設定",
    Procedure.FACE_AUTH_SWITCH: "顔認証マイナンバーカードへの切替",
    Procedure.LOSS_REPORT: "マイナンバーカードの紛失届",
    Procedure.CONTINUED_USE: "国外転出後の継続利用の手続き",
}

SITES: Mapping[SiteKind, str] = {
    SiteKind.CONSULATE: "大使館・総領事館",
    SiteKind.FIELD_INTAKE: "出張申請受付",
    SiteKind.FIELD_SUPPORT: "出張の申請サポート",
    SiteKind.MUNICIPAL_COUNTER: "市区町村の窓口",
    SiteKind.POST_OFFICE: "郵便局",
}

WHY_NOT_HERE: Mapping[NotHere, str] = {
    NotHere.NEVER_HERE: "この手続きは、ここでは できません。",
    NotHere.NOT_YET_OR_ANY_MORE: "この手続きは、今日は、ここでは できません。",
    NotHere.NOT_COMMISSIONED: "この手続きは、ここでは 取り扱っていません。",
    NotHere.NOTHING_BEHIND_IT: "この手続きは、ここでは まだ始まっていません。",
    NotHere.ONLY_ABROAD: "ここは、国外に住んでいる方の ための窓口です。",
    NotHere.RESIDENTS_ONLY: "ここでは、この市区町村に住んでいる方の 手続きだけが できます。",
    NotHere.OTHER_COMER: "ここでは、ご本人だけが 手続きできます。",
    NotHere.OTHER_ROLE: "この手続きは、ほかの職員が 承ります。",
}

STEPS: Mapping[Step, tuple[str, str]] = {
    Step.TALKS: ("協議", "取り扱う郵便局、開始日、手数料について、市区町村と日本郵便が話し合う"),
    Step.CONSENT: ("内諾", "日本郵便が内々に承諾する"),
    Step.RESOLUTION: ("議決", "市区町村議会が議決する"),
    Step.CONTRACT: ("指定・契約", "郵便局を指定し、契約を結ぶ"),
    Step.EQUIPMENT: ("機器", "端末、読み取り機、カメラ、閉じた回線をととのえる"),
    Step.TRAINING: ("研修", "窓口の社員が研修を受ける"),
    Step.TEST: ("試験", "機器と手順を、本番と同じように試す"),
    Step.NOTICE: ("掲示", "取り扱う事務を、郵便局に掲示する"),
    Step.START: ("開始", "事務を始める"),
}

LEVELS: Mapping[Place, str] = {
    Place.POST_OFFICE_SUPPORT: "申請支援",
    Place.POST_OFFICE_X509: "電子証明書関連事務",
    Place.POST_OFFICE_INTAKE: "交付申請の受付",
}

OCCASIONS: Mapping[str, str] = {
    "annotations-full": "追記欄の満欄",
    "first": "初めて",
    "other": "その他",
    "renewal": "更新",
}

EXPRESS: Mapping[str, str] = {
    "annotations-full": "追記欄の満欄",
    "damaged": "焼失・損傷・機能不良",
    "former-inmate": "刑事施設等にいた方",
    "from-abroad": "国外からの転入",
    "infant": "乳児",
    "lost": "紛失",
    "new-foreign": "新たに中長期在留者等",
    "new-record": "新たに住民票に記載",
    "number-changed": "個人番号・住民票コードの変更",
}

_MARKS = {"\u3099": "゛", "\u309a": "゜"}


def day_text(day: date | None, *, western: bool = False) -> str:
    """A day as it is printed, empty where there is none."""
    if day is None:
        return ""
    return western_date(day) if western else era_date(day)


def braille_signs(name: str) -> tuple[str, ...]:
    """A name in the cells of the braille field: 濁点 and 半濁点 take one of their own. That they stand behind the kana
    is unconfirmed."""
    return tuple(_MARKS.get(each, each) for each in unicodedata.normalize("NFD", name))
