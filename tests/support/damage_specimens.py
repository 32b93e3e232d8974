"""Fictional damages: every degree, long values, and a household that needs a second page."""

from dataclasses import replace
from datetime import date

from certserver.registers.damage import AffectedPerson, DamageDegree, DamageRecord
from certserver.registers.extracts import DamageExtract
from certserver.registers.model import RegisterDate
from certserver.stages import EligibleLine
from koufu.evidence.order import OrderLine
from koufu.evidence.words import CertificateKind, Scope

USUAL = DamageRecord(
    damage_id="damage-tsuji",
    disaster="令和8年6月豪雨",
    disaster_en="Heavy rain of June 2026",
    householder="辻\U000e0102　健吾",
    householder_address="見本県見本市本町一丁目2番3号　見本ハイツ101号",
    people=(
        AffectedPerson("辻\U000e0102　健吾", "世帯主", 54),
        AffectedPerson("辻\U000e0102　美咲", "妻", 51),
        AffectedPerson("辻\U000e0102　陽翔", "子", 13),
        AffectedPerson("𠮷田　和子", "妻の母", 78),
    ),
    cause="豪雨（令和8年6月豪雨）",
    cause_day=RegisterDate(date(2026, 6, 12)),
    place="見本県見本市本町一丁目2番3号　見本ハイツ101号",
    dwelling="借家",
    degree=DamageDegree.HALF,
)
NINE = replace(
    USUAL,
    people=(
        *USUAL.people,
        *(AffectedPerson(f"辻\U000e0102　{name}", "子", age) for name, age in (("一", 11), ("二葉", 9), ("三奈", 7))),
        AffectedPerson("辻\U000e0102　四郎", "父", None),
        AffectedPerson("辻\U000e0102　五月", "母", 101),
    ),
)
THIRTY_NINE = replace(
    USUAL,
    people=tuple(AffectedPerson(f"見本　{at}郎", "同居人" if at > 1 else "世帯主", 18 + at) for at in range(1, 40)),
)
LONG = replace(
    USUAL,
    householder="ＭＩＨＯＮ　ＭＡＲＩＡ　ＦＥＲＮＡＮＤＡ　ＤＡ　ＣＯＮＣＥＩＣＡＯ　ＤＥ　ＯＬＩＶＥＩＲＡ"
    "　ＡＬＢＵＱＵＥＲＱＵＥ　ＣＲＵＺ　ＳＡＮＴＯＳ",
    householder_address="見本県見本市見本区本町通小路上る東入る見本町一丁目二十三番地四十五"
    "　グランドメゾン見本セントラルパークタワーイーストウイング2301号室　見本太郎方",
    people=(
        AffectedPerson(
            "ＭＩＨＯＮ　ＭＡＲＩＡ　ＦＥＲＮＡＮＤＡ　ＤＡ　ＣＯＮＣＥＩＣＡＯ　ＤＥ　ＯＬＩＶＥＩＲＡ"
            "　ＡＬＢＵＱＵＥＲＱＵＥ　ＣＲＵＺ　ＳＡＮＴＯＳ",
            "世帯主",
            32,
        ),
        AffectedPerson("渡邉\U000e0110　𠮷太郎左衛門尉長時朝臣源義経弁慶", "夫の子の妻の父", 80),
    ),
    cause="台風第14号に伴う暴風、豪雨、洪水、土砂崩れ及び高潮並びにそれらに起因する停電",
    cause_day=RegisterDate(None, "令和8年9月下旬"),
    place="見本県見本市見本区本町通小路上る東入る見本町一丁目二十三番地四十五"
    "　グランドメゾン見本セントラルパークタワーイーストウイング2301号室",
    degree=DamageDegree.PARTIAL,
    additional=(
        ("浸水区分", "床上浸水（居室の床から80センチメートル）。内水氾濫による。第1回調査　令和8年10月1日"),
        ("", "住家以外の被害：物置（木造平家建、延べ床面積9.9平方メートル）全壊、カーポート損壊"),
    ),
)


def damage_line(record: DamageRecord = USUAL) -> EligibleLine:
    """An eligible line about a damage."""
    line = OrderLine(CertificateKind.DISASTER_VICTIM, Scope.HOUSEHOLD, matter="d1")
    return EligibleLine(line, DamageExtract(record))


def of_degree(degree: DamageDegree) -> DamageRecord:
    """The usual damage, assessed otherwise."""
    return replace(USUAL, degree=degree)
