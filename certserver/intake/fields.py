"""Every CSV file of a delivery and every field in it, in order: what readers and documentation are both made from."""

from dataclasses import dataclass
from enum import Enum

from certserver.intake import forms
from certserver.intake.forms import Form
from certserver.registers.damage import DamageDegree
from certserver.registers.model import Sex, Withholding


class Part(Enum):
    """Which list of a tax certificate an amount belongs to."""

    INCOME = "income"
    DEDUCTION = "deduction"
    DEPENDANTS = "dependants"
    TAX = "tax"
    PAYMENT = "payment"


class Known(Enum):
    """How sure the name of a data item is."""

    SEEN = "name seen on the standard form"
    UNCONFIRMED = "not confirmed"
    OURS = "no item: ours"


@dataclass(frozen=True, slots=True)
class Field:
    """`item` names the data item of the national standard specification, as far as `known`. Item numbers are not
    given: none could be confirmed. `example` is fictional."""

    name: str
    form: Form
    item: str
    example: str
    needed: bool = False
    known: Known = Known.UNCONFIRMED


@dataclass(frozen=True, slots=True)
class File:
    """`key` names the first fields, by which the file is ordered and in which no two lines agree. `standard` is the
    specification its items are of. A file with an `owner` has no life of its own: its lines belong to the owner's
    line with the same first `shared` fields, and a change replaces them with it."""

    name: str
    standard: str
    key: int
    fields: tuple[Field, ...]
    owner: str | None = None
    shared: int = 0

    @property
    def header(self) -> list[str]:
        """The names of all fields."""
        return [field.name for field in self.fields]


def _day(
    name: str, item: str, example: str, *, known: Known = Known.UNCONFIRMED, text: str = ""
) -> tuple[Field, Field]:
    return (
        Field(name, forms.DAY, item, example, known=known),
        Field(f"{name}_text", forms.NAME, f"{item}（不詳の表記）", text, known=Known.UNCONFIRMED),
    )


_SEEN, _OURS = Known.SEEN, Known.OURS
_HOUSEHOLD = Field("household_id", forms.KEY_40, "世帯番号", "h-0001", needed=True)
_RESIDENT = Field("resident_id", forms.KEY_64, "宛名番号", "p-0001", needed=True)

HOUSEHOLDS = File(
    "households.csv",
    "住民記録システム標準仕様書",
    1,
    (
        _HOUSEHOLD,
        Field("address", forms.NAME, "住所", "見本県見本市中央一丁目2番3号", needed=True, known=_SEEN),
        Field("householder", forms.NAME, "世帯主", "見本　太郎", needed=True, known=_SEEN),
    ),
)

RESIDENTS = File(
    "residents.csv",
    "住民記録システム標準仕様書",
    1,
    (
        _RESIDENT,
        _HOUSEHOLD,
        Field("position", forms.PLACE, "世帯内の記載順", "0", needed=True, known=_OURS),
        Field("name", forms.NAME, "氏名", "見本　太郎", needed=True, known=_SEEN),
        Field("name_kana", forms.NAME, "氏名の振り仮名", "ミホン　タロウ", known=_SEEN),
        Field("former_surname", forms.NAME, "旧氏", "", known=_SEEN),
        Field("former_surname_kana", forms.NAME, "旧氏の振り仮名", "", known=_SEEN),
        *_day("born", "生年月日", "昭和55年5月26日", known=_SEEN),
        Field("sex", forms.word("sex", Sex), "性別", "male", needed=True, known=_SEEN),
        Field("relationship", forms.NAME, "続柄", "世帯主", needed=True, known=_SEEN),
        Field("domicile", forms.NAME, "本籍", "見本県見本市中央一丁目2番", known=_SEEN),
        Field("koseki_head", forms.NAME, "筆頭者", "見本　太郎", known=_SEEN),
        *_day("resident_since", "住民となった年月日", "2010-04-01", known=_SEEN),
        *_day("address_since", "住所を定めた年月日", "", known=_SEEN),
        *_day("notified_on", "届出日", "2010-04-02", known=_SEEN),
        Field("previous_address", forms.NAME, "転入前住所", "見本県別市一丁目1番1号", known=_SEEN),
        Field("moved_from", forms.NAME, "異動前住所", "", known=Known.UNCONFIRMED),
        Field("remarks", forms.REMARKS, "備考", "", known=_SEEN),
        Field("entered_on", forms.DAY, "記載年月日", "2010-04-02"),
        Field("move_out_planned", forms.DAY, "転出予定年月日", ""),
        Field("moved_out", forms.DAY, "転出年月日", ""),
        Field("died", forms.DAY, "死亡年月日", ""),
        Field("nationality", forms.NAME, "国籍・地域", ""),
        Field("residence_status", forms.NAME, "在留資格", ""),
        Field("period_of_stay", forms.NAME, "在留期間", ""),
        *_day("expires", "在留期間の満了の日", ""),
        Field("card_number", forms.NAME, "在留カード等の番号", ""),
        Field("legal_category", forms.NAME, "第30条45規定区分", ""),
        Field("alias", forms.NAME, "通称", ""),
        Field("alias_kana", forms.NAME, "通称の振り仮名", ""),
    ),
)

NUMBERS = File(
    "numbers.csv",
    "住民記録システム標準仕様書",
    1,
    (
        _RESIDENT,
        Field("individual_number", forms.INDIVIDUAL_NUMBER, "個人番号", "123456789018", known=_SEEN),
        Field("resident_code", forms.RESIDENT_CODE, "住民票コード", "12345678901", known=_SEEN),
    ),
    owner="residents.csv",
    shared=1,
)

MEASURES = File(
    "measures.csv",
    "住民記録システム標準仕様書",
    2,
    (
        _RESIDENT,
        Field("measure", forms.word("measure", Withholding), "支援措置・発行抑止の区分", "issuance-hold", needed=True),
    ),
    owner="residents.csv",
    shared=1,
)

SEALS = File(
    "seals.csv",
    "印鑑登録システム標準仕様書",
    1,
    (
        _RESIDENT,
        *_day("registered_on", "印鑑登録年月日", "平成22年4月5日"),
        Field("cancelled", forms.FLAG, "廃止（抹消）の有無", "0", needed=True),
        Field("name_katakana", forms.NAME, "氏名のカタカナ表記", ""),
        Field("imprint", forms.IMPRINT, "印影", "iVBORw0KGgo…", needed=True),
    ),
)

TAXES = File(
    "taxes.csv",
    "個人住民税システム標準仕様書",
    2,
    (
        _RESIDENT,
        Field("year", forms.YEAR, "相当年度", "2026", needed=True),
        Field("name", forms.NAME, "氏名", "見本　太郎", needed=True),
        Field("address_on_january_1", forms.NAME, "賦課期日の住所", "見本県見本市中央一丁目2番3号", needed=True),
        Field("resident_on_january_1", forms.FLAG, "賦課期日に住所があったか", "1", needed=True),
        Field("declared", forms.FLAG, "申告の有無", "1", needed=True),
        Field("total_income", forms.YEN, "合計所得金額", "3560000", needed=True),
        Field("total_income_and_others", forms.YEN, "総所得金額等", "3560000", needed=True),
        Field("taxable", forms.YEN, "課税標準額", "2010000", needed=True),
        *_day("paid_as_of", "納付状況の基準日", "2026-09-30"),
    ),
)

TAX_AMOUNTS = File(
    "tax_amounts.csv",
    "個人住民税システム標準仕様書",
    4,
    (
        _RESIDENT,
        Field("year", forms.YEAR, "相当年度", "2026", needed=True),
        Field("part", forms.word("part", Part), "所得・控除・扶養・税額・納付の別", "income", needed=True, known=_OURS),
        Field("position", forms.PLACE, "記載順", "0", needed=True, known=_OURS),
        Field("label", forms.NAME, "項目名（給与所得 など）", "給与所得", needed=True),
        Field("amount", forms.YEN, "金額、扶養は人数、納付は納付すべき額", "3560000", needed=True),
        Field("paid", forms.YEN, "納付額（納付のみ）", ""),
        Field("unpaid", forms.YEN, "未納額（納付のみ）", ""),
        Field("note", forms.NAME, "摘要（納付のみ）", ""),
    ),
    owner="taxes.csv",
    shared=2,
)

DAMAGES = File(
    "damages.csv",
    "被災者支援システム標準仕様書",
    2,
    (
        _HOUSEHOLD,
        Field("damage_id", forms.KEY_40, "罹災証明書の番号", "d-0001", needed=True),
        Field("disaster", forms.NAME, "災害の名称", "令和8年6月豪雨", needed=True),
        Field("disaster_en", forms.NAME, "災害の名称（英語）", "Heavy rain of June 2026", needed=True, known=_OURS),
        Field("householder", forms.NAME, "世帯主氏名", "見本　太郎", needed=True, known=_SEEN),
        Field(
            "householder_address", forms.NAME, "世帯主住所", "見本県見本市中央一丁目2番3号", needed=True, known=_SEEN
        ),
        Field("cause", forms.NAME, "罹災原因", "豪雨", needed=True, known=_SEEN),
        *_day("cause_day", "罹災年月日", "令和8年6月20日"),
        Field("place", forms.NAME, "被災住家の所在地", "見本県見本市中央一丁目2番3号", needed=True, known=_SEEN),
        Field("dwelling", forms.NAME, "住家の種別", "持家"),
        Field("degree", forms.word("degree", DamageDegree), "住家の被害の程度", "half", needed=True, known=_SEEN),
        Field("additional_1_label", forms.NAME, "追加記載事項欄①の名称", "", known=_SEEN),
        Field("additional_1", forms.NAME, "追加記載事項欄①", "", known=_SEEN),
        Field("additional_2_label", forms.NAME, "追加記載事項欄②の名称", "", known=_SEEN),
        Field("additional_2", forms.NAME, "追加記載事項欄②", "", known=_SEEN),
    ),
)

DAMAGE_PEOPLE = File(
    "damage_people.csv",
    "被災者支援システム標準仕様書",
    3,
    (
        _HOUSEHOLD,
        Field("damage_id", forms.KEY_40, "罹災証明書の番号", "d-0001", needed=True),
        Field("position", forms.PLACE, "世帯構成員の記載順", "0", needed=True, known=_OURS),
        Field("name", forms.NAME, "世帯構成員の氏名", "見本　太郎", needed=True, known=_SEEN),
        Field("relationship", forms.NAME, "続柄", "世帯主", needed=True, known=_SEEN),
        Field("age", forms.AGE, "年齢", "46", known=_SEEN),
    ),
    owner="damages.csv",
    shared=2,
)

FILES = (HOUSEHOLDS, RESIDENTS, NUMBERS, MEASURES, SEALS, TAXES, TAX_AMOUNTS, DAMAGES, DAMAGE_PEOPLE)
"""All CSV files, owners before what they own."""

KOSEKI, SUPPLEMENTS = "koseki.jsonl", "supplements.jsonl"
"""The two files of JSON lines."""
