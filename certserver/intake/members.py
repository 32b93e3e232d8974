"""The members of the two files of JSON lines, in order: what their reader and the documentation are both made from."""

from dataclasses import dataclass, field

from certserver.intake import forms
from certserver.intake.fields import KOSEKI, SUPPLEMENTS, Field, Known
from certserver.registers.model import Sex, Withholding

_KOSEKI_STANDARD = "戸籍情報システム標準仕様書"
_SUPPLEMENT_STANDARD = "戸籍附票システム標準仕様書"


@dataclass(frozen=True, slots=True)
class Members:
    """What an object holds: fields, whose values are strings (flags: true or false), and by name further objects:
    `many` in an array, `one` as it is; `words` are arrays of strings."""

    fields: tuple[Field, ...]
    many: tuple[tuple[str, "Members"], ...] = ()
    one: tuple[tuple[str, "Members"], ...] = ()
    words: tuple[Field, ...] = ()
    names: frozenset[str] = field(init=False)
    texts: tuple[tuple[str, int, bool, Field], ...] = field(init=False)
    """Of each field its name, how long a text may stand unread, whether it is needed, and itself."""

    def __post_init__(self) -> None:
        names = {one.name for one in (*self.fields, *self.words)} | {name for name, _ in (*self.many, *self.one)}
        object.__setattr__(self, "names", frozenset(names))
        object.__setattr__(self, "texts", tuple((one.name, one.form.text, one.needed, one) for one in self.fields))


@dataclass(frozen=True, slots=True)
class ObjectFile:
    """A file of JSON lines, ordered by `koseki_id`; in a change file each object has a member `change` besides."""

    name: str
    standard: str
    members: Members


_KEY = Field("koseki_id", forms.KEY_40, "戸籍の識別番号", "k-0001", needed=True, known=Known.OURS)
_PERSON = Field("person_id", forms.KEY_40, "戸籍の構成員の識別番号", "1", needed=True, known=Known.OURS)
_SEEN = Known.SEEN


def _day(name: str, item: str, example: str, known: Known) -> tuple[Field, Field]:
    return (
        Field(name, forms.DAY, item, example, known=known),
        Field(f"{name}_text", forms.NAME, f"{item}（不詳の表記）", ""),
    )


_ITEM = Members(
    (
        Field("label", forms.NAME, "項目名（婚姻日 など）、括弧なし", "婚姻日", needed=True, known=_SEEN),
        Field("text", forms.REMARKS, "項目の内容", "", known=_SEEN),
        *_day("day", "項目の年月日", "平成20年3月3日", _SEEN),
    )
)

_EVENT = Members(
    (Field("title", forms.NAME, "事項名（出生、婚姻 など）", "婚姻", needed=True, known=_SEEN),), (("items", _ITEM),)
)

_KOSEKI_PERSON = Members(
    (
        _PERSON,
        Field("given_name", forms.NAME, "名", "太郎", needed=True, known=_SEEN),
        Field("given_name_kana", forms.NAME, "名の振り仮名", "タロウ", known=_SEEN),
        *_day("born", "生年月日", "昭和55年5月26日", _SEEN),
        Field("spouse", forms.NAME, "配偶者区分", "夫", known=_SEEN),
        Field("father", forms.NAME, "父", "見本　一郎", known=_SEEN),
        Field("mother", forms.NAME, "母", "見本　和子", known=_SEEN),
        Field("relationship", forms.NAME, "続柄", "長男", known=_SEEN),
        Field("adoptive_father", forms.NAME, "養父", "", known=_SEEN),
        Field("adoptive_mother", forms.NAME, "養母", "", known=_SEEN),
        Field("adoptive_relationship", forms.NAME, "養父母との続柄", ""),
        Field("removed", forms.FLAG, "除籍", "false", known=_SEEN),
        Field("resident_id", forms.KEY_64, "宛名番号", "p-0001"),
    ),
    (("events", _EVENT),),
    words=(Field("withholding", forms.word("measure", Withholding), "支援措置・発行抑止の区分", ""),),
)

KOSEKI_FILE = ObjectFile(
    KOSEKI,
    _KOSEKI_STANDARD,
    Members(
        (
            _KEY,
            Field("domicile", forms.NAME, "本籍", "見本県見本市中央一丁目2番", needed=True, known=_SEEN),
            Field("surname", forms.NAME, "氏", "見本", needed=True, known=_SEEN),
            Field("surname_kana", forms.NAME, "氏の振り仮名", "ミホン", known=_SEEN),
            Field("head", forms.NAME, "氏名（筆頭者）", "見本　太郎", needed=True, known=_SEEN),
            Field("unfit", forms.FLAG, "改製不適合", "false"),
            Field("pending", forms.FLAG, "届出の処理中", "false"),
        ),
        (("events", _EVENT), ("people", _KOSEKI_PERSON)),
    ),
)

_SUPPLEMENT_PERSON = Members(
    (
        _PERSON,
        Field("given_name", forms.NAME, "名", "太郎", needed=True, known=_SEEN),
        *_day("born", "生年月日", "昭和55年5月26日", _SEEN),
        Field("sex", forms.word("sex", Sex), "男女の別", "male", known=_SEEN),
        Field("removed", forms.FLAG, "除籍", "false"),
        Field("overseas_voter", forms.NAME, "在外選挙人名簿登録市区町村名", "", known=_SEEN),
    ),
    (
        (
            "addresses",
            Members(
                (
                    Field("address", forms.NAME, "住所", "見本県見本市中央一丁目2番3号", needed=True, known=_SEEN),
                    *_day("since", "住所を定めた年月日", "2010-04-01", _SEEN),
                )
            ),
        ),
    ),
)

SUPPLEMENT_FILE = ObjectFile(
    SUPPLEMENTS, _SUPPLEMENT_STANDARD, Members((_KEY,), (("people", _SUPPLEMENT_PERSON),), one=(("since", _ITEM),))
)

OBJECT_FILES = (KOSEKI_FILE, SUPPLEMENT_FILE)
