"""What a municipality sets, as a TOML file that a person writes. A file is taken whole or not at all; it never holds a
secret."""

import tomllib
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from certserver.errors import ConfigurationError
from certserver.office.settings.content import Content, profile_part
from certserver.office.settings.parts import ProfilePart, Subjects
from certserver.ports import JST


class FileProfile(ProfilePart):
    """`official_seal` names a 1-bit PNG beside the file; without it the seal stays."""

    official_seal: Path | None = None


class MunicipalityFile(Subjects):
    """The whole file. What is left out stays as it is; `effective` is now when it is left out."""

    effective: datetime | None = None
    profile: FileProfile | None = None

    def instant(self) -> datetime | None:
        """From when it counts, None for at once; a time without a zone is Japan's."""
        if self.effective is None or self.effective.tzinfo is not None:
            return self.effective
        return self.effective.replace(tzinfo=JST)


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
    return read


def read_official_seal(file: MunicipalityFile, folder: Path) -> bytes | None:
    """The official seal that a file names beside itself, None when it names none. Raises `ConfigurationError`."""
    if file.profile is None or file.profile.official_seal is None:
        return None
    try:
        return (folder / file.profile.official_seal).read_bytes()
    except OSError as error:
        raise ConfigurationError(f"can't read {file.profile.official_seal}: {error.strerror}") from error


def content_of(file: MunicipalityFile) -> Content:
    """What a file sets, as a draft holds it."""
    said = {name: getattr(file, name) for name in file.model_fields_set & Subjects.model_fields.keys()}
    if file.profile is not None:
        said["profile"] = profile_part(file.profile)
    return Content.model_validate(said)
