"""Written words as spoken ones: one sentence at a time, without what only eyes can use, and with the readings a
synthesiser can't know. Also what is announced besides any screen. Pure."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from hardware.voice.figures import FIGURES
from hardware.voice.model import Sentence, Tongue
from kiosk.flow.effects import Announcement
from kiosk.flow.values.presentation import Language, tongue_of
from kiosk.flow.values.service import Belonging
from kiosk.texts.catalogue import BREAK, LayoutClass, Texts

_ENDS = {Tongue.JAPANESE: re.compile(r"(?<=[。？])"), Tongue.ENGLISH: re.compile(r"(?<=[.?!])\s+")}


def _figures(found: re.Match[str]) -> str:
    """A telephone number, figure by figure."""
    return "、".join("".join(FIGURES[Tongue.JAPANESE][int(figure)] for figure in part) for part in found[0].split("-"))


def _time(found: re.Match[str]) -> str:
    hour, minute = found[1], int(found[2])
    return f"{hour}時{minute}分" if minute else f"{hour}時"


_JAPANESE = (
    (re.compile(r"\d{2,4}-\d{2,4}-\d{3,4}"), _figures),
    (re.compile(r"(\d{1,2}):(\d\d)"), _time),
    (re.compile(r"[～〜]"), "から"),
    (re.compile(r"（([月火水木金土日])）"), r"、\1曜日、"),
    (re.compile(r"(?<=[るた満の])方(?=[がはにをのも、。だ])"), "かた"),
    (re.compile(r"(?<=の)分(?![かけ])"), "ぶん"),
    (re.compile(r"[」）](?=[をのにとでがは])"), ""),
    (re.compile(r"[「」（）]"), "、"),
    (re.compile(r"[・\s]+"), "、"),
    (re.compile(r"(?<=[。？])、|(?<=、)、+"), ""),
    (re.compile(r"^、|、(?=[。？])|、$"), ""),
)
_ENGLISH = (
    (re.compile(r"¥(\d+(?:,\d{3})*)"), r"\1 yen"),
    (re.compile(r"(?<=\d)–(?=\d)"), " to "),
    (re.compile(r"(?<=\d)-(?=\d)"), ", "),
    (re.compile(r"(?<=[^\s.,:;?!])  +(?=\S)"), ", "),
    (re.compile(r"\s+"), " "),
)


NO_READINGS: Mapping[str, str] = MappingProxyType({})


def spoken(texts: Iterable[str], language: Language, readings: Mapping[str, str] = NO_READINGS) -> tuple[Sentence, ...]:
    """Texts of a screen as sentences; empty ones are left out. `readings` are a site's own: how names are read that no
    synthesiser can know, as 見本市 → みほんし."""
    tongue = tongue_of(language)
    said = (_aloud(text, tongue, readings) for text in texts)
    return tuple(
        Sentence(part.strip(), tongue) for text in said for part in _ENDS[tongue].split(text) if part.strip(" 、。.")
    )


def sentences_of(text: str, language: Language) -> tuple[str, ...]:
    """A text cut after each of its sentences, as it is written."""
    return tuple(part for each in _ENDS[tongue_of(language)].split(text) if (part := each.strip()))


def announcement(what: Announcement, belongings: frozenset[Belonging], language: Language) -> tuple[Sentence, ...]:
    """What was left behind and that it should be taken; or that a person comes for it."""
    say = Texts(language, LayoutClass.PORTRAIT)
    things = tuple(say(f"voice.left.{each.value}") for each in Belonging if each in belongings)
    match what:
        case Announcement.LEFT_BEHIND:
            return spoken((say("voice.left.head"), *things), language)
        case Announcement.STAFF_COMING:
            return spoken((*things, say("voice.staff")), language)


def _aloud(text: str, tongue: Tongue, readings: Mapping[str, str]) -> str:
    japanese = tongue is Tongue.JAPANESE
    text = text.replace(BREAK, "").replace("\n", "、" if japanese else " ").strip()
    for written, read in readings.items():
        text = text.replace(written, read)
    for pattern, said in _JAPANESE if japanese else _ENGLISH:
        text = pattern.sub(said, text)
    return text
