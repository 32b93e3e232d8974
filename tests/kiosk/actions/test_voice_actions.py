"""What is said, in which order, and what is no longer said because something else is."""

from hardware.voice.model import Sentence, Tongue
from hardware.voice.virtual import VirtualVoice
from kiosk.actions.jobs import Lane
from kiosk.actions.voice import VoiceActions
from kiosk.flow import effects as do
from kiosk.flow.events import VoiceSeen
from kiosk.flow.values.presentation import Language
from kiosk.flow.values.service import Belonging
from tests.support.kiosk_actions import Heard

WAIT = (Sentence("お待ちください。", Tongue.JAPANESE),)
TAKE = (Sentence("カードをお取りください。", Tongue.JAPANESE),)


def test_what_is_told_last_is_said() -> None:
    voice = VirtualVoice()
    desk, heard = VoiceActions(voice), Heard()
    first, second = desk.say(WAIT), desk.say(TAKE)
    assert (first.lane, second.lane) == (Lane.VOICE, Lane.VOICE)
    first.run(heard)
    second.run(heard)
    assert voice.said == list(TAKE)
    assert voice.hushes == 2, "each cuts off what may still be said"


def test_what_waited_when_silence_was_wanted_is_never_said() -> None:
    voice = VirtualVoice()
    desk = VoiceActions(voice)
    job = desk.say(WAIT)
    desk.hush()
    job.run(Heard())
    assert voice.said == []


def test_a_voice_that_breaks_tells_what_can_t_be_heard() -> None:
    voice, heard = VirtualVoice(), Heard()
    voice.unplug()
    VoiceActions(voice).say(WAIT).run(heard)
    assert heard.events == [VoiceSeen(frozenset(Tongue))]


def test_i13_what_was_left_behind_is_named_in_the_language_of_the_visit() -> None:
    voice = VirtualVoice()
    desk = VoiceActions(voice)
    left = frozenset({Belonging.SHEETS, Belonging.CARD})
    for language in (Language.JAPANESE, Language.ENGLISH):
        for what in do.Announcement:
            desk.announce(do.Announce(what, left, language)).run(Heard())
    assert [sentence.text for sentence in voice.said] == [
        *("お忘れものです。", "カードをお取りください。", "証明書をお取りください。"),
        *("カードをお取りください。", "証明書をお取りください。", "係員がまいります。"),
        *("Something is still here.", "Please take your card.", "Please take your sheets."),
        *("Please take your card.", "Please take your sheets.", "Staff are coming."),
    ]
