"""The words of the screens: complete in both languages, printable in the screens' font, broken as they should be."""

import re
import string
import subprocess

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from kiosk.flow.values.offer import Advice
from kiosk.flow.values.presentation import Language
from kiosk.flow.values.service import OutOfService
from kiosk.flow.values.trouble import DeclineReason, FaultKind
from kiosk.photo.gates import Hint
from kiosk.screens.present.purpose import PICTOGRAMS
from kiosk.screens.present.reasons import NOTED, WORDING
from kiosk.texts.catalogue import LayoutClass, Texts, UnknownText, catalogue, plain
from koufu.evidence.words import NUMBER_OPTIONS, CertificateKind, Option, RefusalReason, Scope

JA, EN = catalogue(Language.JAPANESE), catalogue(Language.ENGLISH)


def _all_texts(language: Language) -> list[tuple[str, str]]:
    return [(key, text) for key, variants in catalogue(language).items() for text in variants.values()]


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_is_there_in_both_languages() -> None:
    assert JA.keys() == EN.keys()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("layout", LayoutClass)
def test_every_text_is_written_for_every_layout(language: Language, layout: LayoutClass) -> None:
    say = Texts(language, layout)
    for key in catalogue(language):
        say(key)


def test_both_languages_say_no_more_than_they_are_given() -> None:
    given = {key: set().union(*(_placeholders(text) for text in variants.values())) for key, variants in JA.items()}
    for key, variants in EN.items():
        for text in variants.values():
            assert _placeholders(text) <= given[key] | {"kind", "nth", "n"}, key


def test_every_hint_of_a_photo_has_its_text() -> None:
    assert {f"photo.hint.{hint.value}" for hint in Hint} == {key for key in JA if key.startswith("photo.hint.")}


def test_every_closed_word_has_its_texts() -> None:
    for kind in CertificateKind:
        assert {f"choose.kind.{form}.{kind.value}" for form in ("name", "short", "paper")} <= JA.keys()
    for scope in Scope:
        assert {f"choose.scope.{form}.{scope.value}" for form in ("name", "whole", "short")} <= JA.keys()
    for option in Option:
        assert {f"choose.option.{form}.{option.value}" for form in ("name", "reason", "shown")} <= JA.keys()
    for reason in (*DeclineReason, *RefusalReason):
        assert {f"declined.{WORDING[reason]}.{part}" for part in ("title", "head", "text")} <= JA.keys()
    for fault in FaultKind:
        assert {f"fault.{fault.value}.{part}" for part in ("banner", "title", "paper")} <= JA.keys()
    for out in OutOfService:
        told = ("several", "card", "change", "sheets") if out is OutOfService.LEFT_BEHIND else ("text",)
        assert {f"start.out.{out.value}.{part}" for part in ("head", *told)} <= JA.keys()
    for noted in NOTED:
        assert f"choose.unavailable.{noted.value}" in JA
    for kind in CertificateKind:
        assert f"choose.options.always.{kind.value}" in JA
    for number in NUMBER_OPTIONS:
        assert {f"choose.number.{number.value}.{part}" for part in ("title", "who", "not")} <= JA.keys()
    for advice in set(Advice) - {Advice.ORDER}:
        assert {f"choose.advice.{advice.value}.{part}" for part in ("title", "head", "text", "hint")} <= JA.keys()
    for code in PICTOGRAMS:
        assert f"choose.purpose.name.{code}" in JA


def _font(style: str) -> set[int]:
    query = ["fc-match", "-f", "%{family}|%{file}", f"BIZ UDPGothic:{style}"]
    family, path = subprocess.run(query, capture_output=True, text=True, check=True).stdout.split("|")
    assert "BIZ UDPGothic" in family
    with TTFont(path, lazy=True) as font:
        return set(font.getBestCmap())


@pytest.mark.parametrize("style", ["regular", "bold"])
def test_every_character_is_in_the_font_of_the_screens(style: str) -> None:
    glyphs = _font(style)
    for language in Language:
        for key, text in _all_texts(language):
            missing = {each for each in text if ord(each) not in glyphs and each not in "\n\N{NO-BREAK SPACE}"}
            assert not missing, key


def test_no_line_is_a_lone_particle_or_mark() -> None:
    lone = re.compile(r"[はがをにでとも。、円通]+")
    for key, text in _all_texts(Language.JAPANESE):
        for line in text.replace("|", "\n").split("\n"):
            assert not lone.fullmatch(line), key


def test_japanese_is_plain_and_polite() -> None:
    for key, text in _all_texts(Language.JAPANESE):
        assert "エラー" not in text, key
        assert "させていただ" not in text, key


def test_a_text_is_counted() -> None:
    say = Texts(Language.ENGLISH, LayoutClass.PORTRAIT)
    assert say.counted("choose.copies", 1) == "1 copy"
    assert say.counted("choose.copies", 3) == "3 copies"


def test_a_text_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(UnknownText):
        Texts(Language.JAPANESE, LayoutClass.PORTRAIT)("no.such.text")


def test_a_text_is_spoken_without_its_breaks() -> None:
    assert plain("マイナンバーカードを\n置いて|ください") == "マイナンバーカードを 置いてください"
