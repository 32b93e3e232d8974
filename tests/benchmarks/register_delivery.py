"""Writes a delivery of any size: a fictional municipality whose registers have the sizes and shapes of a real one. The
same size gives the same bytes. It holds no kind in memory."""

import base64
import io
import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from PIL import Image, ImageDraw

from certserver.check_digits import individual_number_digit
from certserver.intake import fields
from certserver.intake.manifest import FORMAT, MANIFEST

_TWENTY = "見本例田仮山試川架空標本型谷雛形範例手本図版白紙仮名題目例野試原仮橋見崎本例空田"
_SURNAMES = tuple(_TWENTY[at : at + 2] for at in range(0, len(_TWENTY), 2))
_GIVEN = (
    "太郎",
    "花子",
    "一郎",
    "和子",
    "健太",
    "美咲",
    "翔太",
    "桜",
    "大輔",
    "由美",
    "直樹",
    "恵子",
    "拓也",
    "久美子",
    "陽翔",
    "蓮",
    "湊",
    "葵",
    "結愛",
    "凛",
)
_TOWNS = ("中央", "本町", "緑台", "港", "西山", "東川", "南原", "北沢", "若葉", "日の出")
_CITY = "見本県見本市"
_IMPRINTS = 64
_IN_HOUSEHOLDS = (43, 20)
"""So many people in so many households."""
_IN_KOSEKI = (33, 14)
_SCATTER = 1_000_003
"""A prime: households lie in another order than their people, as they do in a real register."""

Lines = Iterator[str]


class Town:
    """Who lives where, by arithmetic: a resident's number says everything."""

    def __init__(self, people: int) -> None:
        self.people = people
        self.households = self.group_of(people - 1) + 1
        self.koseki = (people - 1) * _IN_KOSEKI[1] // _IN_KOSEKI[0] + 1
        self._step = _SCATTER if self.households % _SCATTER else _SCATTER + 2
        self._back = pow(self._step, -1, self.households) if self.households > 1 else 0

    def group_of(self, person: int) -> int:
        """Which family a resident is of."""
        return person * _IN_HOUSEHOLDS[1] // _IN_HOUSEHOLDS[0]

    def household_of(self, group: int) -> int:
        """Where the family lives."""
        return group * self._step % self.households

    def group_in(self, household: int) -> int:
        """Which family lives there."""
        return household * self._back % self.households

    def first_of(self, group: int) -> int:
        """Its householder."""
        return -(-group * _IN_HOUSEHOLDS[0] // _IN_HOUSEHOLDS[1])

    def people_in_koseki(self, koseki: int) -> range:
        """Who is recorded in it."""
        first, after = (-(-number * _IN_KOSEKI[0] // _IN_KOSEKI[1]) for number in (koseki, koseki + 1))
        return range(first, min(after, self.people))


def write_delivery(folder: Path, municipality: str, people: int) -> None:
    """Everybody with numbers, half with a seal and as many with tax of one year, a koseki for 2.36 of them (of
    3,770,000: 1.9 million and 1.6 million)."""
    folder.mkdir(parents=True, exist_ok=True)
    town = Town(people)
    imprints = [_imprint(number) for number in range(_IMPRINTS)]
    writers: dict[str, Callable[[], Lines]] = {
        fields.HOUSEHOLDS.name: lambda: _households(town),
        fields.RESIDENTS.name: lambda: _residents(town),
        fields.NUMBERS.name: lambda: _numbers(town),
        fields.MEASURES.name: lambda: (f"{resident_id(one)},protective-measure\n" for one in range(0, people, 997)),
        fields.SEALS.name: lambda: _seals(town, imprints),
        fields.TAXES.name: lambda: _taxes(town),
        fields.TAX_AMOUNTS.name: lambda: _amounts(town),
        fields.KOSEKI: lambda: _koseki(town),
        fields.SUPPLEMENTS: lambda: _supplements(town),
    }
    headers = {file.name: ",".join(file.header) + "\n" for file in fields.FILES}
    listed = {name: _write(folder / name, headers.get(name, ""), lines()) for name, lines in writers.items()}
    manifest = {
        "format": FORMAT,
        "municipality": municipality,
        "made_at": "2026-10-01T02:00:00+09:00",
        "content": "all",
        "files": listed,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n")


def resident_id(number: int) -> str:
    """The key of a resident."""
    return f"p{number:010d}"


def _write(path: Path, header: str, lines: Lines) -> dict[str, object]:
    digest, count, block = sha256(), 0, [header]
    with path.open("wb", buffering=1 << 20) as file:

        def flush() -> None:
            data = "".join(block).encode()
            digest.update(data)
            file.write(data)
            block.clear()

        for line in lines:
            count += 1
            block.append(line)
            if len(block) > 5_000:
                flush()
        flush()
    return {"lines": count, "sha256": digest.hexdigest()}


def _surname(group: int) -> str:
    return _SURNAMES[group * 7919 % len(_SURNAMES)]


def _name(town: Town, person: int) -> str:
    return f"{_surname(town.group_of(person))}　{_GIVEN[person * 31 % len(_GIVEN)]}"


def _address(group: int) -> str:
    return f"{_CITY}{_TOWNS[group % len(_TOWNS)]}{group % 9 + 1}丁目{group % 37 + 1}番{group % 53 + 1}号"


def _day(person: int) -> str:
    return f"{1940 + person % 80}-{person % 12 + 1:02d}-{person % 28 + 1:02d}"


def _households(town: Town) -> Lines:
    for number in range(town.households):
        group = town.group_in(number)
        yield f"h{number:010d},{_address(group)},{_name(town, town.first_of(group))}\n"


def _residents(town: Town) -> Lines:
    for person in range(town.people):
        group = town.group_of(person)
        first = town.first_of(group)
        name, day = _name(town, person), _day(person)
        place = f"{_CITY}{_TOWNS[group % 7]}二丁目{group % 31 + 1}番"
        relationship = "世帯主" if person == first else "子"
        yield (
            f"{resident_id(person)},h{town.household_of(group):010d},{person - first},{name},ミホン　タロウ,,,{day},,"
            f"{'male' if person % 2 else 'female'},{relationship},{place},{_name(town, first)},2010-04-01,,2015-06-01,,"
            f"2015-06-02,,別県別市元町{group % 80 + 1}番地,{_address(group + 1)},,2015-06-02,,,,,,,,,,,,\n"
        )


def _numbers(town: Town) -> Lines:
    for person in range(town.people):
        eleven = f"{10_000_000_000 + person * 7919 % 89_999_999_999:011d}"
        yield f"{resident_id(person)},{eleven}{individual_number_digit(eleven)},{20_000_000_000 + person:011d}\n"


def _seals(town: Town, imprints: list[str]) -> Lines:
    for person in range(0, town.people, 2):
        day, cancelled = f"平成{person % 28 + 2}年4月5日", int(person % 500 == 0)
        yield f"{resident_id(person)},{day},,{cancelled},,{imprints[person % _IMPRINTS]}\n"


def _taxes(town: Town) -> Lines:
    for person in range(0, town.people, 2):
        yield (
            f"{resident_id(person)},2026,{_name(town, person)},{_address(town.group_of(person))},1,1,"
            f"{3_560_000 + person % 1000},{3_560_000 + person % 1000},2010000,2026-09-30,\n"
        )


_AMOUNTS = (
    ("deduction", 0, "社会保険料控除", "640000,,,"),
    ("deduction", 1, "生命保険料控除", "70000,,,"),
    ("deduction", 2, "基礎控除", "430000,,,"),
    ("dependants", 0, "16歳未満", "1,,,"),
    ("income", 0, "給与収入", "5000000,,,"),
    ("income", 1, "給与所得", "3560000,,,"),
    ("payment", 0, "市民税・県民税", "205000,100000,105000,"),
    ("tax", 0, "市民税 所得割", "118000,,,"),
    ("tax", 1, "市民税 均等割", "3000,,,"),
    ("tax", 2, "県民税 所得割", "78000,,,"),
)


def _amounts(town: Town) -> Lines:
    for person in range(0, town.people, 2):
        key = f"{resident_id(person)},2026"
        for part, position, label, rest in _AMOUNTS:
            yield f"{key},{part},{position},{label},{rest}\n"


def _koseki(town: Town) -> Lines:
    for number in range(town.koseki):
        people = town.people_in_koseki(number)
        surname = _SURNAMES[number * 7919 % len(_SURNAMES)]
        head = f"{surname}　{_GIVEN[people[0] * 31 % len(_GIVEN)]}"
        domicile = f"{_CITY}{_TOWNS[number % 10]}二丁目{number % 31 + 1}番"
        told = ",".join(_recorded(person, at) for at, person in enumerate(people))
        yield (
            f'{{"koseki_id":"k{number:010d}","domicile":"{domicile}","surname":"{surname}","surname_kana":"ミホン",'
            f'"head":"{head}","events":[{_REVISED}],"people":[{told}]}}\n'
        )


_REVISED = (
    '{"title":"戸籍改製","items":[{"label":"改製日","day":"平成15年3月1日"},'
    '{"label":"改製事由","text":"平成6年法務省令第51号附則第2条第1項による改製"}]}'
)
_MARRIED = (
    ',{"title":"婚姻","items":[{"label":"婚姻日","day":"平成20年3月3日"},{"label":"配偶者氏名","text":"例田　花子"},'
    '{"label":"従前戸籍","text":"別県別市元町1番地　例田　次郎"}]}'
)
_BORN_IN_TOWN = '"label":"出生地","text":"見本県見本市"'


def _recorded(person: int, at: int) -> str:
    day = _day(person)
    born = (
        f'{{"title":"出生","items":[{{"label":"出生日","day":"{day}"}},{{{_BORN_IN_TOWN}}},'
        f'{{"label":"届出日","day":"{day}"}},{{"label":"届出人","text":"父"}}]}}'
    )
    return (
        f'{{"person_id":"{at}","given_name":"{_GIVEN[person * 31 % len(_GIVEN)]}","born":"{day}","father":"見本　次郎",'
        f'"mother":"見本　春子","relationship":"長男","removed":false,"resident_id":"{resident_id(person)}",'
        f'"events":[{born}{_MARRIED if at < 2 else ""}]}}'
    )


def _supplements(town: Town) -> Lines:
    since = '"since":{"label":"改製日","day":"平成15年3月1日"}'
    for number in range(town.koseki):
        told = ",".join(_lived(person, at) for at, person in enumerate(town.people_in_koseki(number)))
        yield f'{{"koseki_id":"k{number:010d}",{since},"people":[{told}]}}\n'


def _lived(person: int, at: int) -> str:
    return (
        f'{{"person_id":"{at}","given_name":"{_GIVEN[person * 31 % len(_GIVEN)]}","born":"{_day(person)}","sex":"male",'
        f'"addresses":[{{"address":"{_address(person)}","since":"2010-04-01"}},'
        f'{{"address":"{_address(person + 5)}","since":"2015-06-01"}}]}}'
    )


def _imprint(number: int) -> str:
    """A ring with strokes in it, as base64 of a 1-bit PNG: as large a file as a scanned seal makes."""
    side = 300 + number
    picture = Image.new("1", (side, side), 1)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((6, 6, side - 7, side - 7), outline=0, width=9)
    for stroke in range(9):
        at = 50 + stroke * (side - 100) // 9
        draw.line((at, 60 + number % 20, at + stroke % 3 * 12, side - 60), fill=0, width=7)
        draw.line((60, at, side - 60, at + number % 7), fill=0, width=5)
    data = io.BytesIO()
    picture.save(data, "PNG", optimize=True)
    return base64.b64encode(data.getvalue()).decode()
