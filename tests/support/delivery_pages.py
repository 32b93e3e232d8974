"""The tables of docs/registers/delivery.md, made from the code's own lists of fields."""

from collections.abc import Iterator, Sequence

from certserver.intake.fields import FILES, Field, File
from certserver.intake.findings import Rule
from certserver.intake.members import KOSEKI_FILE, OBJECT_FILES, SUPPLEMENT_FILE, Members

_HEAD = ("| field | type | needed | data item | of the item's name | example |", "|---|---|---|---|---|---|")


def tables() -> Iterator[tuple[str, list[str]]]:
    """The heading and the lines of each table."""
    for file in FILES:
        yield _title(file), [*_HEAD, *map(_row, file.fields)]
    for objects in OBJECT_FILES:
        owner = f"; belongs to `{KOSEKI_FILE.name}`" if objects is SUPPLEMENT_FILE else ""
        title = f"`{objects.name}` ({objects.standard}; ordered by {objects.members.fields[0].name}{owner})"
        yield title, [*_HEAD, *_member_rows(objects.members, "")]
    rules = [f"| `{rule.name}` | {rule.value.replace('{limit}', 'n').replace('|', '/')} |" for rule in Rule]
    yield "What is found", ["| rule | what to do |", "|---|---|", *rules]


def _title(file: File) -> str:
    key = ", ".join(field.name for field in file.fields[: file.key])
    owner = f"; belongs to `{file.owner}`" if file.owner else ""
    return f"`{file.name}` ({file.standard}; ordered by {key}{owner})"


def _row(field: Field, path: str = "") -> str:
    example = f"`{field.example}`" if field.example else ""
    needed = "yes" if field.needed else ""
    return f"| `{path}{field.name}` | {field.form.name} | {needed} | {field.item} | {field.known.value} | {example} |"


def _member_rows(members: Members, path: str) -> Sequence[str]:
    rows = [_row(field, path) for field in members.fields]
    rows += [_row(field, path).replace(f"{field.name}`", f"{field.name}[]`", 1) for field in members.words]
    for name, of in members.one:
        rows += _member_rows(of, f"{path}{name}.")
    for name, of in members.many:
        rows += _member_rows(of, f"{path}{name}[].")
    return rows
