"""Changes one setting in a site's file, and nothing else of it: comments, order and line ends stay. The file is
replaced as a whole or not at all."""

import os
import re
import stat
import tomllib
from contextlib import suppress
from pathlib import Path

from kiosk.composition.settings import LONGEST, read_settings
from kiosk.errors import ConfigurationError

_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_PLAIN = re.compile(r"[A-Za-z0-9-]+")


def store_setting(file: Path, name: str, value: str) -> None:
    """Sets `name` to a text in the settings file. Raises `ConfigurationError`, and then nothing is changed."""
    file = file.resolve()
    try:
        content = file.read_bytes()
        read_settings(content, file)
        changed = changed_text(content.decode("utf-8"), name, value).encode("utf-8")
        if tomllib.loads(changed.decode("utf-8")) != tomllib.loads(content.decode("utf-8")) | {name: value}:
            raise ConfigurationError(f'{file}: {name} stands in it in an unusual way; set {name} = "{value}" by hand')
        read_settings(changed, file)
        _replace(file, changed)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f'{file}: {name} can\'t be set in it; set {name} = "{value}" by hand') from error
    except OSError as error:
        raise ConfigurationError(f"{file} can't be changed: {error.strerror}; nothing was changed") from error


def changed_text(text: str, name: str, value: str) -> str:
    """The text of a TOML file with a top-level setting changed; where there is none, it is put below the line that has
    it as a comment, or else behind the last setting before the first table."""
    assert _PLAIN.fullmatch(value), "profile ids need no quoting"
    table = _TABLE.search(text)
    head, tables = (text, "") if table is None else (text[: table.start()], text[table.start() :])
    setting = f'{name} = "{value}"'
    there = re.compile(rf"""^([ \t]*){re.escape(name)}[ \t]*=[ \t]*("[^"\n]*"|'[^'\n]*')""", re.MULTILINE)
    if there.search(head):
        return there.sub(lambda found: found[1] + setting, head, count=1) + tables
    end = "\r\n" if "\r\n" in text else "\n"
    commented = re.search(rf"^[ \t]*#[ \t]*{re.escape(name)}[ \t]*=[^\n]*(\n|\Z)", head, re.MULTILINE)
    at = commented.end() if commented else len(head)
    before = head[:at] if not head[:at] or head[:at].endswith("\n") else head[:at] + end
    return before + setting + end + head[at:] + tables


def _replace(file: Path, content: bytes) -> None:
    """Writes beside the file and puts it in its place, with its owner and mode."""
    assert len(content) <= LONGEST
    was = file.stat()
    fresh = file.with_name(f".{file.name}.{os.urandom(16).hex()}")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as written:
            if (was.st_uid, was.st_gid) != (os.geteuid(), os.getegid()):
                os.fchown(descriptor, was.st_uid, was.st_gid)
            os.fchmod(descriptor, stat.S_IMODE(was.st_mode))
            written.write(content)
            written.flush()
            os.fsync(descriptor)
        fresh.replace(file)
    finally:
        with suppress(OSError):
            fresh.unlink()
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
