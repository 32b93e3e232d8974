"""What a municipality has set, written as a file that `municipality set` takes. It writes rows as they stand and judges
nothing."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from certserver.applications.counter_settings import CounterSettings
from certserver.applications.retention import RetentionSetting, newest_settings
from certserver.municipality import MunicipalityProfile
from certserver.ports import JST
from certserver.rules.in_force import closures_at, newest, purposes_at, refusal_texts_at
from certserver.rules.settings import Ground, KindRow, Settings
from koufu.evidence.words import CertificateKind


def written(
    settings: Settings,
    profile: MunicipalityProfile | None,
    retention: Iterable[RetentionSetting],
    counter: CounterSettings,
    at: int,
) -> str:
    """What counts at an instant (Unix seconds), everywhere."""
    lines = [f"# In force at {datetime.fromtimestamp(at, UTC).astimezone(JST).isoformat()}."]
    if profile is not None:
        lines += _table("profile", profile, ("code", "official_seal", "clauses", "checking", "window", "since"))
        lines += _table("profile.checking", profile.checking)
        lines += _table("profile.window", profile.window)
        for clause in profile.clauses:
            lines += _table("[profile.clauses]", clause)
    for kind in CertificateKind:
        for row in newest(settings.kinds, kind, at):
            lines += _kind(settings, row, at)
    for kind in CertificateKind:
        for years in newest(settings.tax_years, kind, at):
            lines += ["", "[[tax_years]]", _line("kinds", (kind,)), _line("years", years.years)]
    for closure in closures_at(settings, at):
        lines += _table("[closures]", closure)
    for text in refusal_texts_at(settings, at):
        lines += _table("[refusal_texts]", text)
    for purpose in purposes_at(settings, at):
        lines += _table("[purposes]", purpose)
    for each in newest_settings(retention, datetime.fromtimestamp(at, UTC)):
        lines += ["", "[[application_retention]]", _line("span", each.span), _line("states", (each.state,))]
        lines += [_line("days", each.days)]
    return "\n".join((*lines, *_counter(counter, at))) + "\n"


def _counter(counter: CounterSettings, at: int) -> Iterator[str]:
    identity, maker = counter.identity_at(at), counter.maker_at(at)
    if identity is not None:
        yield from _table("identity", identity, ("effective_at",))
    if maker is not None:
        yield from ("", "[card_maker]", _line("cut_off", maker.cut_off.isoformat(timespec="minutes")))
        # Days stand in TOML without quotation marks.
        days = ", ".join(each.isoformat() for each in maker.maintenance)
        yield from (f"maintenance = [{days}]", _line("cards_ahead", maker.cards_ahead))


def _kind(settings: Settings, row: KindRow, at: int) -> Iterator[str]:
    fees = newest(settings.fees, row.kind, at)
    yield from _table("[kinds]", row, ("effective_at",))
    yield from (_line("fee", fee.fee) for fee in fees if fee.ground is Ground.ANYBODY)
    for fee in fees:
        if fee.ground is not Ground.ANYBODY:
            yield from _table("[kinds.exemptions]", fee, ("kind", "effective_at"))
    for hours in newest(settings.hours, row.kind, at):
        yield from ("", "[[kinds.hours]]", _line("outlet", hours.outlet))
        yield from (_line("opens", _told(hours.opens_at)), _line("closes", _told(hours.closes_at)))
        yield from (_line("weekdays_only", hours.weekdays_only), _line("residents_only", hours.residents_only))


def _told(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _table(name: str, part: object, without: tuple[str, ...] = ()) -> list[str]:
    names = [field for field in getattr(type(part), "__dataclass_fields__", ()) if field not in without]
    values = [(field, getattr(part, field)) for field in names]
    return ["", f"[{name}]", *(_line(field, value) for field, value in values if value is not None)]


def _line(name: str, value: Any) -> str:
    if isinstance(value, date):
        return f"{name} = {value.isoformat()}"
    if isinstance(value, tuple):
        value = [getattr(each, "value", each) for each in value]
    plain = getattr(value, "value", value)
    return f"{name} = {json.dumps(plain, ensure_ascii=False)}"
