"""Reading deliveries: what was written comes back equal, and whatever is broken is named by file, line and field, once,
without a word of what stands there (I11)."""

import csv
import errno
import io
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certserver.intake import fields, forms
from certserver.intake.findings import LIMIT, Finding, Findings, Rule
from certserver.intake.groups import Delivery, Group, batches, household_rows, koseki_and_supplement_rows
from certserver.intake.manifest import read_manifest
from certserver.intake.sources import Sources
from certserver.intake.taking import (
    Taken,
    take_damages,
    take_households,
    take_koseki,
    take_residents,
    take_seals,
    take_taxes,
)
from certserver.registers.koseki import KosekiEvent, KosekiItem, SupplementAddress
from certserver.registers.model import RegisterDate
from certserver.registers.numbers import NumberVault
from certserver.registers.versions import SnapshotKey
from tests.support.deliveries import Handover, write_delivery, write_manifest
from tests.support.handovers import handovers, koseki, small_town
from tests.support.registers import MIHON

TAKERS: tuple[Callable[[Sources], Iterator[Taken[Any]]], ...] = (
    take_households,
    take_residents,
    take_seals,
    take_taxes,
    take_damages,
    take_koseki,
)


def read(folder: Path) -> tuple[list[list[Any]], list[Finding]]:
    """Everything in a delivery (`Taken`), and what was found."""
    findings = Findings()
    manifest = read_manifest(folder, MIHON, findings)
    if manifest is None:
        return [], findings.kept
    sources = Sources(folder, manifest, findings.add)
    return [list(take(sources)) for take in TAKERS], findings.kept


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(handovers())
def test_what_is_written_comes_back_equal(handover: Handover) -> None:
    with TemporaryDirectory() as folder:
        (households, residents, seals, taxes, damages, koseki), findings = read(
            write_delivery(Path(folder), handover, MIHON)
        )
    assert not findings
    assert [one.value for one in households] == sorted(handover.households, key=lambda one: one.household_id)
    assert {one.key[0]: (one.value.resident, one.value.position, one.value.numbers) for one in residents} == {
        one.resident_id: (one, at, handover.numbers[one.resident_id]) for one, at in handover.residents
    }
    assert {one.key[0]: one.value for one in seals} == {one.resident_id: one for one in handover.seals}
    assert {one.key: one.value for one in taxes} == {(key, one.year): one for key, one in handover.taxes}
    assert [one.value for one in damages] == [one for _, one in handover.damages]
    assert [one.value for one in koseki] == handover.koseki


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_delivery(tmp_path_factory.mktemp("delivery"), small_town(), MIHON)


BROKEN: dict[str, tuple[str, Rule]] = {
    forms.KEY_40.name: ("not a key", Rule.KEY),
    forms.KEY_64.name: ("x" * 65, Rule.KEY),
    forms.NAME.name: ("見\u200b本", Rule.CONTROL),
    forms.REMARKS.name: ("\ue000", Rule.PRIVATE),
    forms.DAY.name: ("昭和64年1月8日", Rule.ERA),
    forms.FLAG.name: ("yes", Rule.FLAG),
    "sex": ("男", Rule.WORD),
    "measure": ("other", Rule.WORD),
    "part": ("other", Rule.WORD),
    "degree": ("other", Rule.WORD),
    forms.PLACE.name: ("-1", Rule.RANGE),
    forms.YEAR.name: ("令和8", Rule.WHOLE),
    forms.YEN.name: ("1,000", Rule.WHOLE),
    forms.AGE.name: ("200", Rule.RANGE),
    forms.INDIVIDUAL_NUMBER.name: ("123456789017", Rule.CHECK_DIGIT),
    forms.RESIDENT_CODE.name: ("1234567890", Rule.RESIDENT_CODE),
    forms.IMPRINT.name: ("iVBORw0KGgo=", Rule.PNG),
}
"""What no cell of a form may hold, and which rule it breaks."""

CELLS = [(file, field) for file in fields.FILES for field in file.fields]


@pytest.mark.parametrize(("file", "field"), CELLS, ids=lambda one: one.name)
def test_a_broken_cell_is_one_finding_at_its_place(
    whole: Path, tmp_path: Path, file: fields.File, field: fields.Field
) -> None:
    text, rule = BROKEN[field.form.name]
    line = break_cell(whole, tmp_path / "broken", file, field, text)
    assert read(tmp_path / "broken")[1] == [Finding(file.name, line, field.name, rule, limit_of(rule, field))]


# The last line of residents.csv is no foreigner's: nothing may stand in `expires` there.
DAYS = [(file, field) for file, field in CELLS if field.form is forms.DAY and field.name != "expires"]


@pytest.mark.parametrize(("file", "field"), DAYS, ids=lambda one: one.name)
def test_a_lunar_day_has_its_text_beside_it(
    whole: Path, tmp_path: Path, file: fields.File, field: fields.Field
) -> None:
    line = break_cell(whole, tmp_path / "broken", file, field, "明治5年12月2日")
    texts = [other for other in file.fields if other.name == f"{field.name}_text"]
    rule = Rule.LUNAR if texts else Rule.RANGE
    assert Finding(file.name, line, field.name, rule) in read(tmp_path / "broken")[1]
    for text in texts:
        break_cell(tmp_path / "broken", tmp_path / "mended", file, text, "明治五年十二月二日")
        assert not [one for one in read(tmp_path / "mended")[1] if one.rule in (Rule.LUNAR, Rule.RANGE)]


@pytest.mark.parametrize("path", ["people[0].born", "people[0].events[0].items[0].day", "events[0].items[0].day"])
def test_a_lunar_day_in_a_koseki_has_its_text_beside_it(tmp_path: Path, path: str) -> None:
    lunar = RegisterDate(date(1872, 12, 31))
    event = KosekiEvent("出生", (KosekiItem("出生日", None, lunar),))
    one = koseki()
    person = one.people[0]
    match path.split("."):
        case ["people[0]", "born"]:
            one = replace(one, people=(replace(person, born=lunar), *one.people[1:]))
        case ["people[0]", *_]:
            one = replace(one, people=(replace(person, events=(event,)), *one.people[1:]))
        case _:
            one = replace(one, events=(event,))
    found = read(write_delivery(tmp_path / "delivery", replace(small_town(), koseki=[one]), MIHON))[1]
    assert found == [Finding("koseki.jsonl", 1, path, Rule.LUNAR)]


@pytest.mark.parametrize("path", ["since.day", "people[1].born", "people[1].addresses[0].since"])
def test_a_lunar_day_in_a_supplement_has_its_text_beside_it(tmp_path: Path, path: str) -> None:
    lunar = RegisterDate(date(1872, 12, 31))
    one = koseki()
    person = one.supplement[1]
    if path == "since.day":
        one = replace(one, supplement_since=KosekiItem("編製日", None, lunar))
    elif path.endswith("born"):
        one = replace(one, supplement=(one.supplement[0], replace(person, born=lunar)))
    else:
        lived = SupplementAddress("見本県見本市", lunar)
        one = replace(one, supplement=(one.supplement[0], replace(person, addresses=(lived,))))
    found = read(write_delivery(tmp_path / "delivery", replace(small_town(), koseki=[one]), MIHON))[1]
    assert found == [Finding("supplements.jsonl", 1, path, Rule.LUNAR)]


NEEDED = [(file, field) for file, field in CELLS if field.needed]


@pytest.mark.parametrize(("file", "field"), NEEDED, ids=lambda one: one.name)
def test_an_empty_cell_is_one_finding_where_it_is_needed(
    whole: Path, tmp_path: Path, file: fields.File, field: fields.Field
) -> None:
    line = break_cell(whole, tmp_path / "broken", file, field, "")
    assert read(tmp_path / "broken")[1] == [Finding(file.name, line, field.name, Rule.NEEDED)]


def break_cell(whole: Path, folder: Path, file: fields.File, field: fields.Field, text: str) -> int:
    """Copies a delivery with one cell of its last line replaced; returns the number of that line."""
    shutil.copytree(whole, folder)
    with (folder / file.name).open(newline="", encoding="utf-8") as opened:
        rows = list(csv.reader(opened))
    rows[-1][file.header.index(field.name)] = text
    with (folder / file.name).open("w", newline="", encoding="utf-8") as opened:
        csv.writer(opened, lineterminator="\n").writerows(rows)
    write_manifest(folder, MIHON)
    return len(rows)


def limit_of(rule: Rule, field: fields.Field) -> int | None:
    return int(field.form.name.removeprefix("key ")) if rule is Rule.KEY else None


CHARACTERS = [
    ("辻\U000e0100", None),
    ("辻\U000e0102", None),
    ("﨑", None),
    ("神", None),
    ("𠮷", None),
    ("辻\U000e01ee", Rule.SEQUENCE),
    ("邉\U000e0101", Rule.SEQUENCE),
    ("\U000e0102辻", Rule.LONE_SELECTOR),
    ("a\U000e0102", Rule.LONE_SELECTOR),
    ("辻\U000e0102\U000e0102", Rule.LONE_SELECTOR),
    ("見\u0007本", Rule.CONTROL),
    ("見\u202e本", Rule.CONTROL),
    ("見\u00a0本", Rule.CONTROL),
    ("\ue123", Rule.PRIVATE),
    ("\U000f0000", Rule.PRIVATE),
    ("\u0378", Rule.UNASSIGNED),
    ("\ufdd0", Rule.UNASSIGNED),
    (" 見本", Rule.SPACES),
    ("見本\u3000", Rule.SPACES),
    ("見" * 301, Rule.TOO_LONG),
]


@pytest.mark.parametrize(("text", "rule"), CHARACTERS, ids=range(len(CHARACTERS)))
def test_characters_are_kept_or_named(whole: Path, tmp_path: Path, text: str, rule: Rule | None) -> None:
    name = next(field for field in fields.RESIDENTS.fields if field.name == "name")
    line = break_cell(whole, tmp_path / "broken", fields.RESIDENTS, name, text)
    taken, findings = read(tmp_path / "broken")
    if rule is None:
        assert not findings
        wanted = text.replace("\U000e0100", "\U000e0102")
        assert taken[1][-1].value.resident.name == wanted
    else:
        limit = forms.SHORT if rule is Rule.TOO_LONG else None
        assert findings == [Finding("residents.csv", line, "name", rule, limit)]


def test_findings_never_say_what_stands_there(whole: Path, tmp_path: Path) -> None:
    name = next(field for field in fields.RESIDENTS.fields if field.name == "name")
    break_cell(whole, tmp_path / "broken", fields.RESIDENTS, name, "秘\u0007密")
    (found,) = read(tmp_path / "broken")[1]
    assert "秘" not in found.told() + repr(found)
    assert found.told().startswith("residents.csv:4 name: ")


LINES: list[tuple[str, Callable[[list[bytes]], None], Rule]] = [
    ("residents.csv", lambda lines: lines.reverse(), Rule.HEADER),
    ("residents.csv", lambda lines: lines.append(lines[-1]), Rule.TWICE),
    ("households.csv", lambda lines: lines.insert(1, lines.pop()), Rule.ORDER),
    ("seals.csv", lambda lines: lines.append(b"a,b\n"), Rule.COLUMNS),
    ("seals.csv", lambda lines: lines.append(b'"a,b\n'), Rule.CSV),
    ("seals.csv", lambda lines: lines.append(b"\xed\xa0\x80\n"), Rule.UTF_8),
    ("koseki.jsonl", lambda lines: lines.append(b"[]\n"), Rule.JSON),
    ("koseki.jsonl", lambda lines: lines.append(b'{"a":1,"a":2}\n'), Rule.JSON),
    ("numbers.csv", lambda lines: lines.append(b"nobody,,\n"), Rule.RESIDENT),
    ("tax_amounts.csv", lambda lines: lines.append(b"nobody,2026,income,0,x,1,,,\n"), Rule.TAX),
]


@pytest.mark.parametrize(("name", "breaking", "rule"), LINES, ids=[rule.name for _, _, rule in LINES])
def test_a_broken_line_is_named(
    whole: Path, tmp_path: Path, name: str, breaking: Callable[[list[bytes]], None], rule: Rule
) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(whole, folder)
    lines = (folder / name).read_bytes().splitlines(keepends=True)
    breaking(lines)
    (folder / name).write_bytes(b"".join(lines))
    write_manifest(folder, MIHON)
    found = read(folder)[1]
    assert found[0].rule is rule
    assert {one.file for one in found} == {name}


@given(st.binary(max_size=200), st.sampled_from([file.name for file in fields.FILES] + [fields.KOSEKI]))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_garbage_is_findings_and_never_a_crash(whole: Path, garbage: bytes, name: str) -> None:
    with TemporaryDirectory() as made:
        folder = Path(made) / "broken"
        shutil.copytree(whole, folder)
        (folder / name).write_bytes((folder / name).read_bytes() + garbage)
        write_manifest(folder, MIHON)
        read(folder)


@pytest.mark.parametrize("name", [file.name for file in fields.FILES] + [fields.KOSEKI, fields.SUPPLEMENTS])
@pytest.mark.parametrize("when", ["before", "on the way"])
def test_a_file_that_cannot_be_read_is_a_finding(
    whole: Path, monkeypatch: pytest.MonkeyPatch, name: str, when: str
) -> None:
    opened = Path.open

    class Failing(io.BytesIO):
        def readlines(self, hint: int | None = -1, /) -> list[bytes]:
            raise OSError(errno.EIO, "the disk does not answer")

    def fail(path: Path, *arguments: Any, **more: Any) -> Any:
        if path.name != name:
            return opened(path, *arguments, **more)
        if when == "before":
            raise PermissionError(errno.EACCES, "not for us", str(path))
        return Failing()

    monkeypatch.setattr(Path, "open", fail)
    assert read(whole)[1] == [Finding(name, 0, "", Rule.ABSENT)]


@pytest.mark.parametrize("read_rows", [household_rows, koseki_and_supplement_rows])
def test_a_file_of_nothing_but_errors_is_counted_and_not_held(whole: Path, tmp_path: Path, read_rows: Group) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(whole, folder)
    many = 20 * LIMIT
    for name in ("households.csv", "koseki.jsonl"):
        with (folder / name).open("ab") as opened:
            opened.write(b"?\n" * many)
    write_manifest(folder, MIHON)
    manifest = read_manifest(folder, MIHON, Findings())
    assert manifest is not None
    delivery = Delivery(folder, manifest, SnapshotKey(MIHON, 2), NumberVault(bytes(32), bytes))
    found = Findings()
    for batch in batches(delivery, read_rows):
        assert len(batch.findings.kept) <= LIMIT
        found.join(batch.findings)
    assert len(found.kept) == LIMIT
    assert found.count == many
