"""What is heard of the screens: all of a new one, of one that stays only what changed; nothing personal; every word
read as a Japanese reader would."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from hardware.voice.model import Tongue
from hardware.voice.openjtalk import OpenJTalk
from kiosk.flow import scenes as at
from kiosk.flow.effects import Announcement
from kiosk.flow.state import Terminal
from kiosk.flow.values.offer import Member
from kiosk.flow.values.presentation import Language, Presentation
from kiosk.flow.values.service import Belonging
from kiosk.screens import sample_visits, samples
from kiosk.screens.narrator import Narrator
from kiosk.screens.presenter import present
from kiosk.texts.spoken import announcement

NAMED = {"見本市": "みほんし"}
"""Our fictional city is also an ordinary word (みほんいち, a trade fair): what a site's own readings are for."""


class Ears:
    """Somebody who hears what one terminal says. `news` is what was said since it was asked for last."""

    def __init__(self) -> None:
        self._said: list[str] = []
        self.hushes = 0
        self.narrator = Narrator(
            lambda terminal: present(terminal, sample_visits.SITE, now=sample_visits.NOW, landscape=False),
            lambda sentences: self._said.extend(each.text for each in sentences),
            self._hush,
            NAMED,
        )

    def _hush(self) -> None:
        self.hushes += 1

    def news(self, terminal: Terminal, language: Language = Language.JAPANESE, *, large: bool = False) -> list[str]:
        self._said.clear()
        self.narrator.sees(replace(terminal, presentation=Presentation(language=language, voice=True, large=large)))
        return list(self._said)

    def feels(self, name: str) -> list[str]:
        self._said.clear()
        self.narrator.feels(name)
        return list(self._said)


def everything(language: Language) -> Iterator[str]:
    """Every sentence of every screen, every key and every announcement."""
    for terminal in samples.ALL.values():
        ears = Ears()
        yield from ears.news(terminal, language)
        shown = replace(terminal, presentation=Presentation(language=language, voice=True))
        for control in present(shown, sample_visits.SITE, now=sample_visits.NOW, landscape=False).controls():
            yield from ears.feels(control.name)
    for what in Announcement:
        yield from (each.text for each in announcement(what, frozenset(Belonging), language))


@pytest.fixture(scope="module")
def readings() -> dict[str, str]:
    synthesiser = OpenJTalk()
    return {text: synthesiser.reading(text) for text in sorted(set(everything(Language.JAPANESE)))}


def test_a_new_screen_is_read_whole_with_its_keys() -> None:
    assert Ears().news(samples.ALL["02-put-card"]) == [
        "音声案内を始めます。",
        "マイナンバーカードを置いてください。",
        "青く光っている台に、平らに置きます。",
        "取るようにお伝えするまで、置いたままにしてください。",
        "押せるキーは、もどる。",
    ]


def test_a_screen_that_stays_says_only_what_changed() -> None:
    ears = Ears()
    ears.news(samples.at(at.ChoosePurpose()))
    chosen = ears.news(samples.at(at.ChoosePurpose("pension")))
    assert chosen[0] == "年金、手当、えらびました。"
    assert chosen[-1] == "つぎへを押せます。"
    assert "何に使いますか。" not in chosen
    assert ears.news(samples.at(at.ChoosePurpose("pension"))) == []


def test_every_piece_of_money_is_heard() -> None:
    ears = Ears()
    accepted = (1000, 500, 100, 50, 10)
    ears.news(samples.at(at.Pay(0, accepted)))
    assert ears.news(samples.at(at.Pay(100, accepted))) == ["あと300円です。"]
    assert ears.news(samples.at(at.Pay(500, accepted)))[:2] == ["お金がそろいました。", "おつりは100円です。"]


def test_i11_of_a_pin_only_the_count_is_heard() -> None:
    ears = Ears()
    said = [ears.news(samples.at(at.EnterPin(sample_visits.FACTS, 3, digits=typed))) for typed in (0, 1, 2, 1, 4)]
    assert said[1:] == [
        ["4けたのうち1けた入っています"],
        ["4けたのうち2けた入っています"],
        ["4けたのうち1けた入っています"],
        ["4けたのうち4けた入っています", "決定を押せます。"],
    ]
    assert {tuple(ears.feels(f"digit-{digit}")) for digit in range(10)} == {("数字のキー",)}
    assert ears.feels("erase-all") == ["全部、消す"]


def test_a_wrong_pin_is_said_first() -> None:
    ears = Ears()
    ears.news(samples.at(at.CheckingPin()))
    assert ears.news(samples.at(at.EnterPin(sample_visits.FACTS, 2, wrong=True)))[:2] == [
        "暗証番号がちがいます。",
        "あと2回入れられます。",
    ]


def test_large_type_shows_less_and_says_no_less() -> None:
    for name in ("pin-wrong", "11-declined", "12-fault", "06-confirm"):
        large, standard = (Ears().news(samples.ALL[name], large=large) for large in (True, False))
        keys = ("押せるキー",)
        assert [each for each in large if not each.startswith(keys)] == [
            each for each in standard if not each.startswith(keys)
        ]


def test_what_lies_over_a_screen_is_read_alone_and_the_screen_again_after_it() -> None:
    ears = Ears()
    ears.news(samples.at(at.Confirm()))
    asked = ears.news(samples.at(at.Confirm(), at.AskCancel()))
    assert (asked[0], asked[-1]) == ("やめますか。", "押せるキーは、つづける、やめる。")
    assert not [each for each in asked if "400円" in each]
    assert ears.news(samples.at(at.Confirm(), at.IdleWarning(14)))[0] == "つづけますか。"
    assert ears.news(samples.at(at.Confirm(), at.IdleWarning(13))) == []
    assert "2通で、合計400円です。" in ears.news(samples.at(at.Confirm()))


def test_a_key_that_fingers_find_says_its_name_and_how_it_stands() -> None:
    ears = Ears()
    ears.news(samples.at(at.ChooseOptions(sample_visits.PENSION, None)))
    assert ears.feels("show-relationship") == ["世帯主、続柄、のせる、えらんであります。"]
    assert ears.feels("show-domicile") == ["本籍、筆頭者、のせる"]
    ears.news(samples.at(at.ChoosePurpose()))
    assert ears.feels("primary") == ["えらんでください、いまは押せません。"]
    assert ears.feels("no such key") == []


def test_nobody_who_did_not_ask_is_read_to_and_silence_is_kept() -> None:
    ears = Ears()
    ears.narrator.sees(samples.ALL["01-start"])
    assert ears.feels("primary") == []
    assert ears.hushes == 0
    ears.news(samples.ALL["01-start"])
    ears.narrator.sees(samples.ALL["01-start"])
    assert ears.hushes == 1, "what was being said is cut off when the visit, or the wish to hear, ends"


PLANTED = (
    Member("m1", "植田　個人", True),
    Member("m2", "植田　情報", False),
    Member("m3", "PLANTED MARIA", False),
)
PERSONAL = ("植田", "個人", "情報", "PLANTED", "MARIA", "4Q7", "K2M", "2CW", "7TM", "9XR", "1234")


@pytest.mark.parametrize("language", [Language.JAPANESE, Language.ENGLISH])
@pytest.mark.parametrize("name", samples.ALL)
def test_i11_no_name_reference_or_number_of_a_person_is_ever_said(name: str, language: Language) -> None:
    terminal = samples.ALL[name]
    if terminal.visit is not None and terminal.visit.offer is not None:
        offer = replace(terminal.visit.offer, members=PLANTED)
        terminal = replace(terminal, visit=replace(terminal.visit, offer=offer, reference="4Q7-K2M"))
    ears = Ears()
    said = ears.news(terminal, language)
    shown = replace(terminal, presentation=Presentation(language=language, voice=True))
    for control in present(shown, sample_visits.SITE, now=sample_visits.NOW, landscape=False).controls():
        said += ears.feels(control.name)
    # One sentence apart from the next: keys that bear figures make no number together.
    text = "\n".join(said).replace("カードの情報", "")
    text = re.sub("戸籍個人事項証明書|戸籍、個人、|個人番号|カードを確かめる情報", "", text)
    assert not [each for each in PERSONAL if each in text]


def test_the_planted_names_are_on_the_screen_that_does_not_say_them() -> None:
    terminal = samples.ALL["members"]
    assert terminal.visit is not None
    assert terminal.visit.offer is not None
    visit = replace(terminal.visit, offer=replace(terminal.visit.offer, members=PLANTED))
    screen = present(replace(terminal, visit=visit), sample_visits.SITE, now=sample_visits.NOW, landscape=False)
    assert PLANTED[0].name in [control.text for control in screen.controls()]
    ears = Ears()
    assert "押せるキーは、1人目のかた、ご本人、2人目のかた、3人目のかた、つぎへ、もどる。" in ears.news(terminal)


def test_every_sentence_is_read_to_its_end(readings: dict[str, str]) -> None:
    kana = re.compile(r"[ァ-ヴー、。？・]+")
    assert not {text: read for text, read in readings.items() if not kana.fullmatch(read)}


READ_AS = {
    "本籍": "ホンセキ",
    "みほんし役所": "ミホンシヤクショ",
    "市民課": "シミンカ",
    "筆頭者": "ヒットーシャ",
    "続柄": "ツズキガラ",
    "世帯主": "セタイヌシ",
    "戸籍": "コセキ",
    "附票": "フヒョー",
    "住民票": "ジューミンヒョー",
    "印鑑": "インカン",
    "課税": "カゼー",
    "納税": "ノーゼー",
    "罹災": "リサイ",
    "暗証番号": "アンショーバンゴー",
    "顔認証": "カオニンショー",
    "電子証明書": "デンシショーメーショ",
    "窓口": "マドグチ",
    "係員": "カカリイン",
    "領収書": "リョーシューショ",
    "お札": "オサツ",
    "硬貨": "コーカ",
    "代金": "ダイキン",
    "後日": "ゴジツ",
    "何に": "ナニニ",
    "表に": "オモテニ",
    "かた": "カタ",
    "ぶん": "ブン",
    "みほんし": "ミホンシ",
    "1通": "イッツー",
    "2枚目": "ニマイメ",
    "600円": "ロッピャクエン",
    "8通": "ハッツー",
    "8時30分": "ハチジサンジュップン",
    "English": "イングリッシュ",
}


@pytest.mark.parametrize("written", READ_AS)
def test_words_of_the_trade_are_read_as_they_should_be(readings: dict[str, str], written: str) -> None:
    said = [text for text in readings if written in text]
    assert said, f"no screen says {written}: take it off this list"
    assert not [(text, readings[text]) for text in said if READ_AS[written] not in readings[text]]


def test_no_wrong_reading_that_was_heard_before(readings: dict[str, str]) -> None:
    wrong = ("ミホンイチ", "ノワケ", "カタノホー", "ルホー", "ノホー", "タホー", "ナンニ")
    assert not [(text, read) for text, read in readings.items() if any(each in read for each in wrong)]


def test_english_is_spoken_by_the_english_voice() -> None:
    for what in Announcement:
        said = announcement(what, frozenset(Belonging), Language.ENGLISH)
        assert {each.tongue for each in said} == {Tongue.ENGLISH}
    assert not [text for text in set(everything(Language.ENGLISH)) if re.search(r"[¥|\n–]", text)]
