"""A visit of somebody who sees nothing of it: a tactile keypad, and what the terminal says. What is left behind is
announced to everybody, whether or not they asked for the voice (I13)."""

from hardware.sensors.model import Place
from hardware.voice.model import Tongue
from kiosk.flow import scenes as at
from kiosk.flow.values.service import OutOfService
from tests.support.journey_ear import Fingers
from tests.support.journey_steps import PIN, Journey


def test_a_visit_by_ear_alone(j: Journey) -> None:
    j.arrives()
    fingers = Fingers(j)
    fingers.feels("primary")
    said = fingers.hears()
    assert said[:2] == [
        "音声案内を始めます。",
        "証明書をお取りになるかたは、はじめるを押すか、カードを置いてください。",
    ]
    assert said[-1].endswith("はじめる、マイナンバーをイヤホンで聞く。")

    fingers.presses("はじめる")
    said = fingers.hears()
    assert said[0] == "マイナンバーカードを置いてください。"
    assert said[-1] == "押せるキーは、もどる。"

    j.puts_card("tsuji-kengo")
    assert fingers.hears()[-4:] == [
        "4けたの暗証番号を入れてください。",
        "数字は読み上げません。",
        "4けたのうち0けた入っています",
        "押せるキーは、もどる。",
    ]

    j.types_pin(PIN)
    said = fingers.hears()
    assert said[:5] == [
        *(f"4けたのうち{digits}けた入っています" for digits in range(1, 5)),
        "決定を押せます。",
    ]
    assert "何に使いますか。" in said

    fingers.presses("年金、手当")
    said = fingers.hears()
    assert said[0] == "年金、手当、えらびました。"
    assert "これをおすすめします、住民票の写し" in said[1]
    assert said[-1] == "つぎへを押せます。"

    fingers.presses("つぎへ")
    assert "世帯主、続柄、のせる。" in fingers.hears()
    fingers.presses("本籍、筆頭者、のせる")
    assert fingers.hears() == ["本籍、筆頭者、のせる、えらびました。"]
    fingers.presses("つぎへ")
    said = fingers.hears()
    assert "1通で、合計200円です。" in said
    assert "よければ、申し込むを押してください。" in said

    fingers.presses("申し込む")
    assert "カードをお取りください。" in fingers.hears()
    j.takes_card()
    j.sees("お金を入れてください")
    assert "あと200円です。" in fingers.hears()

    j.inserts(100)
    assert fingers.hears() == ["あと100円です。"]
    j.inserts(500)
    said = fingers.hears()
    assert said[:2] == ["お金がそろいました。", "おつりは400円です。"]
    assert said[-1] == "支払うを押せます。"

    fingers.presses("支払う")
    j.sees("証明書をお取りください")
    said = fingers.hears()
    assert "1枚のうち、1枚目を印刷しています。" in said
    assert "証明書を、お取りください。" in said
    assert "証明書、1枚、トレーにあります。" in said

    j.takes(*Place)
    fingers.presses("終わる")
    j.ends_at_start()
    assert fingers.hears() == [], "nobody is read to after the visit"
    assert {sentence.tongue for sentence in j.office.voice.said} <= {Tongue.JAPANESE}


def test_i13_what_is_left_is_said_aloud_at_5_s_to_everybody(j: Journey) -> None:
    j.comes_to(at.TakeCard)
    j.waits(4.9)
    assert j.office.voice.said == []
    j.waits(0.2)
    assert [each.text for each in j.office.voice.said] == ["お忘れものです。", "カードをお取りください。"]
    j.waits(25)
    assert [each.text for each in j.office.voice.said[2:]] == ["カードをお取りください。", "係員がまいります。"]
    j.waits(40)
    j.ends_closed(OutOfService.LEFT_BEHIND, says=("お忘れものがあります", "Something was left behind"))
    j.takes_card()
    j.ends_at_start()


def test_a_terminal_without_sound_offers_no_voice(j: Journey) -> None:
    j.arrives()
    j.settles()
    assert j.keys("voice")
    j.office.voice.unplug()
    j.waits(31)
    assert not j.keys("voice")
    j.office.voice.plug()
    j.waits(31)
    j.touches("voice")
    assert [each.text for each in j.office.voice.said][:1] == ["音声案内を始めます。"]
    j.office.voice.unplug()
    j.touches("primary")
    assert not j.kiosk.state.presentation.voice, "a voice that broke is no longer promised"
    j.touches("back")
    j.ends_at_start()
