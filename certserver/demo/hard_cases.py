"""Residents that are hard to serve, at fixed ids. Every one is somebody a real register has, and none is anybody.

| resident | what is hard |
|---|---|
| `tsuji-kengo` | 辻 with U+E0102: one dot, where the font's own glyph has two; household of four; the main resident |
| `tsuji-misaki` | a former surname |
| `tsuji-haruto` | under 15 until 2027-06-17 |
| `yoshida-kazuko` | 𠮷 outside the Basic Multilingual Plane; her koseki is in 例示市 |
| `tsuji-naoko` | 辻 with U+E0103, the font's own glyph |
| `tsuji-akira` | 辻 with U+E0100, of a collection that IPAmj Mincho does not have: refused (I10) |
| `kasai-masato`, `katsuragi-yui` | 葛 with U+E0102 and with U+E0104 |
| `watanabe-shigeru`, `watanabe-chieko`, `watanabe-osamu` | 邉 with U+E0110 and U+E011D, 邊 with U+E0109 |
| `kamiya-rin` | 神 as U+FA19, which any normalisation would turn into another character |
| `oliveira-maria` | a foreign resident with a name of 60 letters and an alias |
| `watanabe-kichitaro` | name and address of the length at which a form has to make them smaller |
| `kuroda-hana` | born 「昭和20年月日不詳」: no civil date |
| `yamazaki-daisuke` | a household of six, so a second page; 崎 as U+FA11 |
| `mori-sayaka` | a protective measure; her mother `mori-kazue` lives in the household (I14) |
| `ueda-hiroshi` | an issuance hold: nobody can tell it from a protective measure (I14) |
| `hayashi-takumi` | his son `hayashi-shota` has notified that he will move out |
| `harada-jun` | moved out |
| `nishimura-shozo` | died; his widow `nishimura-fumi` is the householder |
| `okada-mika` | no registered seal |
| `fujita-emi` | a registered seal that was cancelled |
| `ono-riko` | a child of eight with a card |
| `ishii-toshio` | a face-authentication card |
| `endo-kazuya`, `aoki-nozomi`, `matsui-kenji` | a card that expired, one that was revoked, one with a locked PIN |

`certserver.demo.personas` says who has which card.
"""

from dataclasses import replace
from datetime import date

from certserver.demo.people import DemoHousehold, DemoPerson, DemoSeal
from certserver.registers.model import ForeignResident, Household, RegisterDate, Resident, Sex, Withholding

# Selectors and compatibility ideographs stand as escapes: nobody can see them in a source file.
_HEAD = "世帯主"
_MALE, _FEMALE = Sex.MALE, Sex.FEMALE
_HERE = "見本県見本市見本町一丁目2番地3"
_REGISTERED = date(2001, 4, 2)


def hard_cases() -> tuple[DemoHousehold, ...]:
    """All households with hard cases, the main resident's first."""
    return (
        _tsuji(),
        *_variants(),
        _oliveira(),
        _long_values(),
        _unknown_birthday(),
        _yamazaki(),
        *_withheld(),
        _hayashi(),
        _gone(),
        _nishimura(),
        *_seals(),
        _ono(),
        *_cards(),
    )


def _person(resident_id: str, name: str, kana: str, born: date, sex: Sex, relationship: str = _HEAD) -> Resident:
    """A resident as the municipality has thousands: moved in grown up, never moved since."""
    since = RegisterDate(max(date(1998, 4, 1), date(born.year, born.month, born.day)))
    return Resident(
        resident_id=resident_id,
        household_id="",
        name=name,
        name_kana=kana,
        former_surname=None,
        former_surname_kana=None,
        born=RegisterDate(born),
        sex=sex,
        relationship=relationship,
        domicile=_HERE,
        koseki_head=None,
        resident_since=since,
        address_since=None,
        notified_on=since,
        previous_address=None if since.day == born else "見本県例示市栄町二丁目4番5号",
        moved_from=None,
    )


def _house(household_id: str, address: str, *people: Resident | DemoPerson) -> DemoHousehold:
    """A household of its people, the householder first; whoever has no koseki head yet gets the householder."""
    persons = [person if isinstance(person, DemoPerson) else DemoPerson(person) for person in people]
    head = persons[0].resident
    return DemoHousehold(
        Household(household_id, f"見本県見本市{address}", head.name),
        tuple(
            replace(
                person,
                resident=replace(
                    person.resident,
                    household_id=household_id,
                    koseki_head=person.resident.koseki_head or (head.name if person.resident.domicile else None),
                ),
            )
            for person in persons
        ),
    )


def _with_seal(resident: Resident, text: str, diameter_mm: float = 13.5) -> DemoPerson:
    """With a seal registered as a grown-up living here."""
    grown_up = date((resident.born.day or _REGISTERED).year + 20, 4, 2)
    since = resident.resident_since.day or _REGISTERED
    return DemoPerson(resident, DemoSeal(text, diameter_mm, max(_REGISTERED, since, grown_up)))


def _tsuji() -> DemoHousehold:
    """The household on the specimen sheets, entry for entry."""
    moved = RegisterDate(date(2026, 3, 28))
    notified = RegisterDate(date(2026, 3, 30))
    before = "見本県見本市見本町一丁目2番3号"
    kengo = replace(
        _person("tsuji-kengo", "辻\U000e0102　健吾", "ツジ　ケンゴ", date(1972, 4, 12), _MALE),
        resident_since=RegisterDate(date(1996, 4, 1)),
        address_since=moved,
        notified_on=notified,
        previous_address="見本県例示市栄町五丁目8番1号",
        moved_from=before,
    )
    misaki = replace(
        _person("tsuji-misaki", "辻\U000e0102　美咲", "ツジ　ミサキ", date(1974, 9, 3), _FEMALE, "妻"),
        former_surname="𠮷田",
        former_surname_kana="ヨシダ",
        resident_since=RegisterDate(date(1996, 11, 22)),
        address_since=moved,
        notified_on=notified,
        previous_address="見本県例示市栄町二丁目4番5号",
        moved_from=before,
    )
    haruto = replace(
        _person("tsuji-haruto", "辻\U000e0102　陽翔", "ツジ　ハルト", date(2012, 6, 17), _MALE, "子"),
        address_since=moved,
        notified_on=notified,
        moved_from=before,
    )
    kazuko = replace(
        _person("yoshida-kazuko", "𠮷田　和子", "ヨシダ　カズコ", date(1947, 12, 8), _FEMALE, "妻の母"),
        domicile="見本県例示市栄町二丁目4番地",
        koseki_head="𠮷田　誠",
        resident_since=RegisterDate(date(2026, 6, 10)),
        notified_on=RegisterDate(date(2026, 6, 12)),
        previous_address="見本県例示市栄町二丁目4番5号",
    )
    return _house(
        "house-tsuji",
        "本町一丁目2番3号　見本ハイツ101号",
        _with_seal(kengo, "辻健吾印", 18.0),
        _with_seal(misaki, "美咲"),
        haruto,
        _with_seal(kazuko, "𠮷田"),
    )


def _variants() -> tuple[DemoHousehold, ...]:
    """Characters whose glyph hangs on a variation selector (Moji_Joho collection), or on not being normalised."""
    naoko = _person("tsuji-naoko", "辻\U000e0103　直子", "ツジ　ナオコ", date(1968, 2, 9), _FEMALE)
    akira = _person("tsuji-akira", "辻\U000e0100　明", "ツジ　アキラ", date(1959, 11, 3), _MALE)
    kasai = _person("kasai-masato", "葛\U000e0102西　雅人", "カサイ　マサト", date(1981, 7, 21), _MALE)
    katsuragi = _person("katsuragi-yui", "葛\U000e0104城　結衣", "カツラギ　ユイ", date(1997, 3, 14), _FEMALE)
    shigeru = _person("watanabe-shigeru", "渡邉\U000e0110　茂", "ワタナベ　シゲル", date(1955, 5, 5), _MALE)
    chieko = _person("watanabe-chieko", "渡邉\U000e011d　千恵子", "ワタナベ　チエコ", date(1962, 10, 30), _FEMALE)
    osamu = _person("watanabe-osamu", "渡邊\U000e0109　修", "ワタナベ　オサム", date(1974, 12, 1), _MALE)
    kamiya = _person("kamiya-rin", "\ufa19谷　凛", "カミヤ　リン", date(1999, 6, 6), _FEMALE)
    return (
        _house("house-tsuji-naoko", "栄町二丁目7番1号", _with_seal(naoko, "辻")),
        _house("house-tsuji-akira", "栄町三丁目1番9号", _with_seal(akira, "辻", 15.0)),
        _house("house-kasai", "若葉台一丁目12番4号", _with_seal(kasai, "葛西", 15.0)),
        _house("house-katsuragi", "若葉台三丁目3番8号　メゾン若葉205号", _with_seal(katsuragi, "葛城")),
        _house("house-watanabe-shigeru", "緑町二丁目9番2号", _with_seal(shigeru, "渡邉", 15.0)),
        _house("house-watanabe-chieko", "緑町一丁目4番16号", _with_seal(chieko, "千恵子")),
        _house("house-watanabe-osamu", "港町一丁目20番3号", _with_seal(osamu, "渡邊", 15.0)),
        _house("house-kamiya", "花園一丁目5番5号", _with_seal(kamiya, "神谷")),
    )


def _oliveira() -> DemoHousehold:
    maria = replace(
        _person(
            "oliveira-maria",
            "ＭＩＨＯＮ　ＭＡＲＩＡ　ＦＥＲＮＡＮＤＡ　ＤＡ　ＣＯＮＣＥＩＣＡＯ　ＤＥ　ＯＬＩＶＥＩＲＡ"
            "　ＡＬＢＵＱＵＥＲＱＵＥ　ＣＲＵＺ　ＳＡＮＴＯＳ",
            "ミホン　マリア　フェルナンダ　ダ　コンセイサン　デ　オリヴェイラ　アルブケルケ　クルス　サントス",
            date(1993, 11, 30),
            _FEMALE,
        ),
        domicile=None,
        resident_since=RegisterDate(date(2023, 1, 20)),
        notified_on=RegisterDate(date(2023, 1, 25)),
        foreign=ForeignResident(
            nationality="ブラジル",
            residence_status="定住者",
            period_of_stay="5年",
            expires=RegisterDate(date(2028, 1, 20)),
            card_number="XX00000001XX",
            legal_category="中長期在留者",
            alias="見本　マリア",
            alias_kana="ミホン　マリア",
        ),
    )
    seal = DemoSeal("マリア", 13.5, date(2023, 2, 1), name_katakana="ミホン　マリア")
    return _house("house-oliveira", "港町二丁目8番8号　グリーンハイム見本302号", DemoPerson(maria, seal))


def _long_values() -> DemoHousehold:
    kichitaro = replace(
        _person(
            "watanabe-kichitaro",
            "渡邉　𠮷太郎左衛門尉長時朝臣源義経弁慶",
            "ワタナベ　ヨシタロウ",
            date(1949, 12, 8),
            _MALE,
        ),
        domicile="見本県例示市大字見本字例示千二百三十四番地五十六　見本県営住宅例示団地第十二号棟三〇四号室気付",
    )
    where = (
        "見本区本町通小路上る東入る見本町一丁目二十三番地四十五"
        "　グランドメゾン見本セントラルパークタワーイーストウイング2301号室　見本太郎方"
    )
    return _house("house-watanabe-kichitaro", where, _with_seal(kichitaro, "渡邉吉太郎", 16.5))


def _unknown_birthday() -> DemoHousehold:
    hana = replace(
        _person("kuroda-hana", "黒田　ハナ", "クロダ　ハナ", date(1945, 1, 1), _FEMALE),
        born=RegisterDate(None, "昭和20年月日不詳"),
    )
    return _house("house-kuroda", "花園二丁目14番6号", _with_seal(hana, "黒田"))


def _yamazaki() -> DemoHousehold:
    daisuke = _person("yamazaki-daisuke", "山\ufa11　大輔", "ヤマザキ　ダイスケ", date(1979, 8, 11), _MALE)
    asami = _person("yamazaki-asami", "山\ufa11　麻美", "ヤマザキ　アサミ", date(1981, 1, 30), _FEMALE, "妻")
    sota = _person("yamazaki-sota", "山\ufa11　颯太", "ヤマザキ　ソウタ", date(2008, 4, 19), _MALE, "子")
    mei = _person("yamazaki-mei", "山\ufa11　芽衣", "ヤマザキ　メイ", date(2011, 9, 2), _FEMALE, "子")
    aoi = _person("yamazaki-aoi", "山\ufa11　葵", "ヤマザキ　アオイ", date(2015, 12, 24), _FEMALE, "子")
    fumiko = _person("yamazaki-fumiko", "山\ufa11　文子", "ヤマザキ　フミコ", date(1951, 3, 3), _FEMALE, "母")
    return _house(
        "house-yamazaki",
        "若葉台四丁目6番11号",
        _with_seal(daisuke, "山崎", 15.0),
        _with_seal(asami, "山崎"),
        sota,
        mei,
        aoi,
        _with_seal(fumiko, "文子"),
    )


def _withheld() -> tuple[DemoHousehold, ...]:
    kazue = _person("mori-kazue", "森　和江", "モリ　カズエ", date(1958, 6, 25), _FEMALE)
    sayaka = replace(
        _person("mori-sayaka", "森　沙也加", "モリ　サヤカ", date(1988, 10, 13), _FEMALE, "子"),
        withholding=frozenset({Withholding.PROTECTIVE_MEASURE}),
    )
    hiroshi = replace(
        _person("ueda-hiroshi", "上田　浩", "ウエダ　ヒロシ", date(1966, 1, 17), _MALE),
        withholding=frozenset({Withholding.ISSUANCE_HOLD}),
    )
    return (
        _house("house-mori", "緑町三丁目2番7号", _with_seal(kazue, "森"), _with_seal(sayaka, "沙也加", 12.0)),
        _house("house-ueda", "大手町一丁目1番18号", _with_seal(hiroshi, "上田", 15.0)),
    )


def _hayashi() -> DemoHousehold:
    takumi = _person("hayashi-takumi", "林　拓海", "ハヤシ　タクミ", date(1977, 2, 28), _MALE)
    shota = replace(
        _person("hayashi-shota", "林　翔太", "ハヤシ　ショウタ", date(2004, 7, 7), _MALE, "子"),
        move_out_planned=date(2027, 1, 10),
    )
    return _house("house-hayashi", "見本町三丁目15番2号", _with_seal(takumi, "林", 15.0), shota)


def _gone() -> DemoHousehold:
    jun = replace(
        _person("harada-jun", "原田　純", "ハラダ　ジュン", date(1990, 4, 4), _MALE),
        moved_out=date(2026, 6, 30),
    )
    return _house("house-harada", "大手町二丁目3番3号　コーポ見本102号", jun)


def _nishimura() -> DemoHousehold:
    fumi = _person("nishimura-fumi", "西村　フミ", "ニシムラ　フミ", date(1939, 9, 9), _FEMALE)
    shozo = replace(
        _person("nishimura-shozo", "西村　正三", "ニシムラ　ショウゾウ", date(1934, 5, 20), _MALE, "夫"),
        koseki_head="西村　正三",
        died=date(2026, 8, 15),
    )
    fumi = replace(fumi, koseki_head="西村　正三")
    return _house("house-nishimura", "栄町五丁目10番10号", _with_seal(fumi, "西村"), shozo)


def _seals() -> tuple[DemoHousehold, ...]:
    mika = _person("okada-mika", "岡田　美香", "オカダ　ミカ", date(1995, 8, 8), _FEMALE)
    emi = _person("fujita-emi", "藤田　恵美", "フジタ　エミ", date(1970, 11, 11), _FEMALE)
    cancelled = DemoSeal("藤田", 13.5, _REGISTERED, cancelled=True)
    return (
        _house("house-okada", "本町五丁目1番2号　見本駅前マンション704号", mika),
        _house("house-fujita", "本町四丁目18番5号", DemoPerson(emi, cancelled)),
    )


def _ono() -> DemoHousehold:
    tetsuya = _person("ono-tetsuya", "小野　哲也", "オノ　テツヤ", date(1985, 5, 15), _MALE)
    riko = _person("ono-riko", "小野　莉子", "オノ　リコ", date(2018, 7, 1), _FEMALE, "子")
    return _house("house-ono", "若葉台二丁目22番1号", _with_seal(tetsuya, "小野", 15.0), riko)


def _cards() -> tuple[DemoHousehold, ...]:
    """Ordinary residents with cards that are not."""
    toshio = _person("ishii-toshio", "石井　敏夫", "イシイ　トシオ", date(1938, 3, 18), _MALE)
    kazuya = _person("endo-kazuya", "遠藤　和也", "エンドウ　カズヤ", date(1983, 12, 12), _MALE)
    nozomi = _person("aoki-nozomi", "青木　希", "アオキ　ノゾミ", date(1992, 2, 2), _FEMALE)
    kenji = _person("matsui-kenji", "松井　健二", "マツイ　ケンジ", date(1964, 9, 29), _MALE)
    return (
        _house("house-ishii", "花園三丁目7番7号", _with_seal(toshio, "石井", 15.0)),
        _house("house-endo", "見本町四丁目11番3号", _with_seal(kazuya, "遠藤", 15.0)),
        _house("house-aoki", "緑町一丁目25番14号　第二例示荘203号", _with_seal(nozomi, "青木")),
        _house("house-matsui", "港町二丁目16番9号", _with_seal(kenji, "松井", 15.0)),
    )
