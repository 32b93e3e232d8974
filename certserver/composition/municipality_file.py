"""What a municipality sets, as a TOML file that a person writes: profile, kinds with fee and hours, closures, purposes.
A file is taken whole or not at all; it never holds a secret."""

import json
import tomllib
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from certserver.documents.imprints import read_imprint
from certserver.errors import ConfigurationError
from certserver.municipality import CheckInstructions, Clause, MunicipalityProfile, Window
from certserver.ports import JST
from certserver.rules.settings import EVERY_OUTLET, Closure, InForce, Purpose
from koufu.evidence.order import MAX_COPIES, MAX_FEE_YEN
from koufu.evidence.words import CertificateKind, Option, Scope

OFFICIAL_SEAL_DOTS = 567
"""24 mm at 600 dpi."""

_DAY_MINUTES = 24 * 60


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _minutes(text: str) -> str:
    minute_of_day(text)
    return text


Text = Annotated[str, Field(min_length=1, max_length=200)]
Kana = Annotated[str, Field(pattern=r"^[ぁ-ゖー・ ]{1,60}$")]
Moment = Annotated[str, AfterValidator(_minutes)]


class HoursPart(_Part):
    """Hours at one outlet, or `*` for every outlet without its own; `24:00` ends a day."""

    outlet: Text = EVERY_OUTLET
    opens: Moment
    closes: Moment
    weekdays_only: bool = False


class KindPart(_Part):
    """One kind: offered or not, with which choices, for how many yen, when."""

    kind: CertificateKind
    offered: bool = True
    scopes: tuple[Scope, ...] = Field(min_length=1)
    options: tuple[Option, ...] = ()
    max_copies: int = Field(default=5, ge=1, le=MAX_COPIES)
    fee: int = Field(ge=0, le=MAX_FEE_YEN)
    hours: tuple[HoursPart, ...] = Field(min_length=1)


class ClosurePart(_Part):
    """Days without service."""

    since: date
    until: date
    yearly: bool = False
    reason: Text
    reason_en: Text


class PurposePart(_Part):
    """What a document is for."""

    code: Text
    kind: CertificateKind
    scope: Scope
    options: tuple[Option, ...] = ()


class ProfilePart(_Part):
    """Names, clauses and addresses. `official_seal` names a 1-bit PNG beside the file; without it the seal stays."""

    prefecture: Text
    prefecture_en: Text
    name: Text
    name_kana: Kana
    name_en: Text
    mayor_title: Text
    mayor_name: Text
    deputy_title: Text | None = None
    official_seal: Path | None = None
    clauses: tuple[Clause, ...] = Field(min_length=1)
    checking: CheckInstructions
    window: Window
    individual_forms: tuple[CertificateKind, ...] = ()


class MunicipalityFile(_Part):
    """The whole file. What is left out stays as it is; `effective` is now when it is left out."""

    effective: datetime | None = None
    profile: ProfilePart | None = None
    kinds: tuple[KindPart, ...] = ()
    closures: tuple[ClosurePart, ...] | None = None
    purposes: tuple[PurposePart, ...] | None = None

    def instant(self, now: datetime) -> datetime:
        """From when it counts; a time without a zone is Japan's."""
        effective = self.effective or now
        return effective if effective.tzinfo is not None else effective.replace(tzinfo=JST)

    def closure_rows(self) -> tuple[Closure, ...]:
        """The closures, as the rules know them. Raises `ConfigurationError`."""
        try:
            return tuple(Closure(**part.model_dump()) for part in self.closures or ())
        except ValueError as error:
            raise ConfigurationError(str(error)) from error

    def purpose_rows(self) -> tuple[Purpose, ...]:
        """The purposes, as the rules know them."""
        return tuple(Purpose(part.code, part.kind, part.scope, part.options) for part in self.purposes or ())


def read_municipality_file(path: Path) -> MunicipalityFile:
    """The file. Raises `ConfigurationError` that names each place that is wrong."""
    try:
        read = MunicipalityFile.model_validate(tomllib.loads(path.read_text()))
    except OSError as error:
        raise ConfigurationError(f"can't read {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} is not TOML: {error}") from error
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise ConfigurationError(f"{path} does not hold together: {wrong}") from error
    for kind in read.kinds:
        for hours in kind.hours:
            if minute_of_day(hours.opens) >= minute_of_day(hours.closes):
                raise ConfigurationError(f"{path}: {kind.kind.value} closes before it opens at {hours.outlet}")
    return read


def profile_of(part: ProfilePart, code: str, folder: Path, former: MunicipalityProfile | None) -> MunicipalityProfile:
    """The profile that a file sets. Raises `ConfigurationError` when there is no official seal, or a bad one."""
    if part.official_seal is not None:
        try:
            seal = (folder / part.official_seal).read_bytes()
        except OSError as error:
            raise ConfigurationError(f"can't read {part.official_seal}: {error.strerror}") from error
    elif former is not None:
        seal = former.official_seal
    else:
        raise ConfigurationError("profile.official_seal is missing: name a 1-bit PNG of the seal, 600 dpi")
    imprint = read_imprint(seal)
    if (imprint.width, imprint.height) != (OFFICIAL_SEAL_DOTS, OFFICIAL_SEAL_DOTS):
        raise ConfigurationError(f"the official seal must be {OFFICIAL_SEAL_DOTS} x {OFFICIAL_SEAL_DOTS} px (24 mm)")
    names = {name: getattr(part, name) for name in type(part).model_fields if name != "official_seal"}
    return MunicipalityProfile(code=code, official_seal=seal, **names)


def written(in_force: Iterable[InForce], profile: MunicipalityProfile | None, at: int) -> str:
    """The same as a file: what is in force at an instant (Unix seconds), at each outlet that has hours of its own."""
    outlets = tuple(in_force)
    lines = [f"# In force at {datetime.fromtimestamp(at, UTC).astimezone(JST).isoformat()}."]
    if profile is not None:
        lines += _table("profile", profile, ("code", "official_seal", "clauses", "checking", "window"))
        lines += _table("profile.checking", profile.checking)
        lines += _table("profile.window", profile.window)
        for clause in profile.clauses:
            lines += _table("[profile.clauses]", clause)
    every = outlets[0]
    for kind in every.kinds:
        lines += _table("[kinds]", kind, ("opens_at", "closes_at", "weekdays_only"))
        for there in outlets:
            own = there.of(kind.kind)
            if own is not None:
                lines += ["", "[[kinds.hours]]", _line("outlet", there.outlet), _line("opens", _told(own.opens_at))]
                lines += [_line("closes", _told(own.closes_at)), _line("weekdays_only", own.weekdays_only)]
    for closure in every.closures:
        lines += _table("[closures]", closure)
    for purpose in every.purposes:
        lines += _table("[purposes]", purpose)
    return "\n".join(lines) + "\n"


def minute_of_day(text: str) -> int:
    """Minutes from midnight of `HH:MM`; `24:00` is the end of the day. Raises `ValueError`."""
    if text == "24:00":
        return _DAY_MINUTES
    at = time.fromisoformat(text)
    return at.hour * 60 + at.minute


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
        value = [each.value for each in value]
    plain = getattr(value, "value", value)
    return f"{name} = {json.dumps(plain, ensure_ascii=False)}"
