"""The fictional population: reproducible, plausible, printable, and every hard case where its id says."""

import random
import re
import unicodedata
from collections import Counter
from datetime import date
from functools import cache

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from certserver.demo import hard_cases as hard_cases_module
from certserver.demo.chance import Dice, RandomSource, SeededSource
from certserver.demo.hard_cases import hard_cases
from certserver.demo.people import DEMO_DAY, MUNICIPALITY, DemoHousehold, DemoPerson, Population
from certserver.demo.personas import MAIN_PERSONA, PERSONAS
from certserver.demo.population import SIZE, generate
from certserver.font_files import IPAMJ_MINCHO, installed
from certserver.registers.model import Resident, Sex, Withholding
from hardware.card.virtual.persona import PersonaKind

IPAMJ = installed(IPAMJ_MINCHO)
ALLOWED_RELATIONSHIPS = {"世帯主", "妻", "夫", "子", "父", "母", "妻の母"}


@cache
def population() -> Population:
    return generate(SeededSource("test"))


@cache
def by_id() -> dict[str, DemoPerson]:
    return {person.resident.resident_id: person for person in population().people()}


def resident(resident_id: str) -> Resident:
    return by_id()[resident_id].resident


def house_of(resident_id: str) -> DemoHousehold:
    wanted = resident(resident_id).household_id
    return next(entry for entry in population().households if entry.household.household_id == wanted)


def test_two_thousand_residents_each_once() -> None:
    ids = [person.resident.resident_id for person in population().people()]
    assert len(ids) == len(set(ids)) == SIZE == 2000
    households = [entry.household.household_id for entry in population().households]
    assert len(households) == len(set(households))
    assert population().municipality == MUNICIPALITY


def test_the_municipality_can_not_exist_and_its_check_digit_is_right() -> None:
    assert MUNICIPALITY.startswith("99")
    weighted = sum(int(digit) * weight for digit, weight in zip(MUNICIPALITY[:5], (6, 5, 4, 3, 2), strict=True))
    assert MUNICIPALITY[5] == str((11 - weighted % 11) % 10)


@pytest.mark.parametrize("source", [lambda: SeededSource("7"), lambda: random.Random(7)])
def test_the_same_seed_gives_the_same_people(source: type[RandomSource]) -> None:
    assert generate(source(), 300) == generate(source(), 300)


def test_another_seed_gives_others_around_the_same_hard_cases() -> None:
    one, other = generate(SeededSource("1"), 300), generate(SeededSource("2"), 300)
    fixed = len(hard_cases())
    assert one.households[:fixed] == other.households[:fixed] == hard_cases()
    assert one.households[fixed:] != other.households[fixed:]


def test_sizes_down_to_the_hard_cases_alone() -> None:
    fixed = sum(len(entry.people) for entry in hard_cases())
    for size in (fixed, fixed + 1, fixed + 7):
        assert sum(1 for _ in generate(SeededSource("1"), size).people()) == size
    with pytest.raises(ValueError, match="hard cases"):
        generate(SeededSource("1"), fixed - 1)


def test_households_hang_together() -> None:
    for entry in population().households:
        head, *others = [person.resident for person in entry.people]
        assert entry.household.householder == head.name
        assert head.relationship == "世帯主"
        assert all(other.relationship != "世帯主" for other in others)
        assert {person.household_id for person in (head, *others)} == {entry.household.household_id}
        assert {person.relationship for person in others} <= ALLOWED_RELATIONSHIPS
        assert entry.household.address.startswith("見本県見本市")
        assert len({person.name for person in (head, *others)}) == len(entry.people)


def test_dates_hang_together() -> None:
    for person in (person.resident for person in population().people()):
        born = person.born.day or date(1945, 1, 1)
        since = person.resident_since.day
        at_address = person.address_since.day if person.address_since else None
        notified = person.notified_on.day if person.notified_on else None
        assert since is not None
        assert notified is not None
        assert date(1925, 1, 1) < born <= since <= notified <= DEMO_DAY
        assert at_address is None or since <= at_address <= notified
        assert (person.moved_from is None) == (at_address is None), "異動前住所 stands with 住所を定めた年月日"
        assert (person.previous_address is None) == (since == born)
        if person.relationship in ("世帯主", "妻", "夫"):
            assert born.year <= DEMO_DAY.year - 18
        if person.relationship in ("父", "母"):
            assert born.year < 1980


def test_seals_are_grown_ups_and_no_two_of_a_household_are_alike() -> None:
    count = 0
    for entry in population().households:
        seals = [(person.resident, person.seal) for person in entry.people if person.seal]
        assert len({(seal.text, seal.diameter_mm) for _, seal in seals}) == len(seals)
        for owner, seal in seals:
            born = owner.born.day or date(1945, 1, 1)
            assert seal.registered_on >= date(born.year + 15, born.month, min(born.day, 28))
            assert owner.resident_since.day is not None
            assert owner.resident_since.day <= seal.registered_on <= DEMO_DAY
            assert 8 < seal.diameter_mm < 25
            count += 1
    assert 800 < count < 1500
    shared = {(person.seal.text, person.seal.diameter_mm) for person in population().people() if person.seal}
    assert len(shared) < 200, "few enough to draw in seconds"


def test_a_plausible_mixture() -> None:
    people = [person.resident for person in population().people()]
    sizes = Counter(len(entry.people) for entry in population().households)
    assert sizes[1] > sizes[2] > sizes[4] > sizes[6] > 0
    assert 0.4 < sum(person.sex is Sex.MALE for person in people) / SIZE < 0.6
    ages = [DEMO_DAY.year - person.born.day.year for person in people if person.born.day]
    assert 0.08 < sum(age < 15 for age in ages) / SIZE < 0.3
    assert 0.1 < sum(age >= 65 for age in ages) / SIZE < 0.4
    assert sum(person.foreign is not None for person in people) > 5
    assert sum(person.former_surname is not None for person in people) > 5
    assert sum(person.name_kana is None for person in people) > 5
    assert sum(bool(person.withholding) for person in people) == 2, "only where the hard cases say"


def test_i10_every_character_has_a_glyph_but_the_one_that_is_there_to_be_refused() -> None:
    with TTFont(IPAMJ, lazy=True) as font:
        characters = font.getBestCmap()
        selected = next(table for table in font["cmap"].tables if table.format == 14).uvsDict
    sequences = {selector: {character for character, _ in pairs} for selector, pairs in selected.items()}
    missing = set()
    for entry in population().households:
        for person in (person.resident for person in entry.people):
            texts = [entry.household.address, entry.household.householder, *_texts(person)]
            for text in texts:
                for character, following in zip(text, f"{text[1:]} ", strict=True):
                    if 0xE0100 <= ord(character) <= 0xE01EF:
                        continue
                    plain = ord(character) in characters
                    if not plain or (
                        0xE0100 <= ord(following) <= 0xE01EF
                        and ord(character) not in sequences.get(ord(following), set())
                    ):
                        missing.add(person.resident_id)
    assert missing == {"tsuji-akira"}


def _texts(person: Resident) -> list[str]:
    texts = [value for name in Resident.__slots__ if isinstance(value := getattr(person, name), str)]
    if person.foreign:
        texts += [value for name in person.foreign.__slots__ if isinstance(value := getattr(person.foreign, name), str)]
    return [text for text in texts if not re.fullmatch("[ -~]+", text)]


def test_every_id_of_the_table_is_a_resident() -> None:
    table = [line for line in (hard_cases_module.__doc__ or "").splitlines() if line.startswith("| `")]
    named = {name for line in table for name in re.findall(r"`([a-z-]+)`", line)}
    assert len(table) == 23
    assert named <= set(by_id())
    documented = {person.name for person in PERSONAS.values()} - {"tsuji-kengo-phone"}
    assert documented <= named


def test_the_main_household_is_that_of_the_specimen_sheet() -> None:
    house = house_of("tsuji-kengo")
    assert house.household.address == "見本県見本市本町一丁目2番3号　見本ハイツ101号"
    shown = [
        (
            person.resident.name.replace("\U000e0102", "*"),
            person.resident.name_kana,
            person.resident.former_surname,
            person.resident.born.day,
            person.resident.sex.value,
            person.resident.relationship,
            person.resident.resident_since.day,
            person.resident.address_since and person.resident.address_since.day,
            person.resident.notified_on and person.resident.notified_on.day,
        )
        for person in house.people
    ]
    moved, told = date(2026, 3, 28), date(2026, 3, 30)
    kengo = ("辻*　健吾", "ツジ　ケンゴ", None, date(1972, 4, 12), "male", "世帯主", date(1996, 4, 1), moved, told)
    misaki = ("辻*　美咲", "ツジ　ミサキ", "𠮷田", date(1974, 9, 3), "female", "妻", date(1996, 11, 22), moved, told)
    haruto = ("辻*　陽翔", "ツジ　ハルト", None, date(2012, 6, 17), "male", "子", date(2012, 6, 17), moved, told)
    born, since = date(1947, 12, 8), date(2026, 6, 10)
    kazuko = ("𠮷田　和子", "ヨシダ　カズコ", None, born, "female", "妻の母", since, None, date(2026, 6, 12))
    assert shown == [kengo, misaki, haruto, kazuko]
    assert [person.resident.koseki_head for person in house.people] == [resident("tsuji-kengo").name] * 3 + ["𠮷田　誠"]
    assert [person.resident.previous_address for person in house.people] == [
        "見本県例示市栄町五丁目8番1号",
        "見本県例示市栄町二丁目4番5号",
        None,
        "見本県例示市栄町二丁目4番5号",
    ]
    assert resident("tsuji-kengo").domicile == "見本県見本市見本町一丁目2番地3"
    assert resident("tsuji-kengo").moved_from == "見本県見本市見本町一丁目2番3号"
    assert resident("yoshida-kazuko").moved_from is None


def test_i10_variant_characters_stand_as_the_register_holds_them() -> None:
    held = {
        "tsuji-kengo": "8fbb e0102",
        "tsuji-naoko": "8fbb e0103",
        "tsuji-akira": "8fbb e0100",
        "kasai-masato": "845b e0102",
        "katsuragi-yui": "845b e0104",
        "watanabe-shigeru": "6e21 9089 e0110",
        "watanabe-chieko": "6e21 9089 e011d",
        "watanabe-osamu": "6e21 908a e0109",
        "yoshida-kazuko": "20bb7",
        "kamiya-rin": "fa19",
        "yamazaki-daisuke": "5c71 fa11",
    }
    for resident_id, points in held.items():
        start = "".join(chr(int(point, 16)) for point in points.split())
        assert resident(resident_id).name.startswith(start)
    assert unicodedata.normalize("NFC", resident("kamiya-rin").name) != resident("kamiya-rin").name


def test_the_other_hard_cases() -> None:
    maria = resident("oliveira-maria")
    assert sum(character.isalpha() for character in maria.name) == 60
    assert maria.foreign is not None
    assert maria.foreign.alias == "見本　マリア"
    assert maria.domicile is maria.koseki_head is None
    assert resident("kuroda-hana").born.text == "昭和20年月日不詳"
    assert resident("kuroda-hana").born.day is None
    assert len(house_of("yamazaki-daisuke").people) == 6
    assert resident("mori-sayaka").withholding == {Withholding.PROTECTIVE_MEASURE}
    assert not resident("mori-kazue").withholding
    assert house_of("mori-kazue") == house_of("mori-sayaka")
    assert resident("ueda-hiroshi").withholding == {Withholding.ISSUANCE_HOLD}
    assert resident("hayashi-shota").move_out_planned
    assert not resident("hayashi-takumi").move_out_planned
    assert resident("harada-jun").moved_out
    assert resident("nishimura-shozo").died
    assert house_of("nishimura-shozo").household.householder == resident("nishimura-fumi").name
    assert by_id()["okada-mika"].seal is None
    cancelled = by_id()["fujita-emi"].seal
    assert cancelled is not None
    assert cancelled.cancelled
    assert resident("ono-riko").born.day == date(2018, 7, 1)


def test_personas_are_residents_with_cards_of_known_kinds() -> None:
    for name, persona in PERSONAS.items():
        assert persona.name == name
        assert re.fullmatch("[a-z-]+", name)
        assert persona.resident_id in by_id()
        PersonaKind(persona.card_kind)
    assert PERSONAS[MAIN_PERSONA].card_kind == "normal"
    kinds = {persona.card_kind for persona in PERSONAS.values()}
    assert kinds == {kind.value for kind in PersonaKind} - {"foreign"}
    assert [name for name, persona in PERSONAS.items() if persona.face_auth] == ["ishii-toshio"]


def test_dice_are_fair_enough_and_stay_within_bounds() -> None:
    dice = Dice(SeededSource("dice"))
    assert Counter(dice.below(6) for _ in range(6000)).keys() == set(range(6))
    assert {dice.between(3, 5) for _ in range(100)} == {3, 4, 5}
    assert not any(dice.chance(0.0) for _ in range(100))
    assert all(dice.chance(1.0) for _ in range(100))
    assert 300 < sum(dice.chance(0.4) for _ in range(1000)) < 500
    first, last = date(2026, 1, 1), date(2026, 1, 3)
    assert {dice.day(first, last) for _ in range(100)} == {date(2026, 1, day) for day in (1, 2, 3)}
    assert dice.day(last, first) == last
    early = Counter(dice.pick_early("abc") for _ in range(3000))
    assert early["a"] > early["b"] > early["c"]
    assert re.fullmatch("[0-9a-f]{32}", dice.key())
    assert all(0 <= SeededSource(str(seed)).getrandbits(5) < 32 for seed in range(100))
