"""What the console shows officers as a terminal's own words is what a terminal says, however its lines break."""

from certserver.console.texts import standard_refusals
from certserver.rules.settings import OWN_REASONS
from kiosk.flow.values.presentation import Language
from kiosk.screens.present.reasons import WORDING
from kiosk.texts import slips
from kiosk.texts.catalogue import BREAK, LayoutClass, Texts


def on_the_screen(language: Language, between: str) -> dict[str, str]:
    """By reason what a screen says is to be done, its lines put together."""
    say = Texts(language, LayoutClass.PORTRAIT)
    texts = {reason.value: say(f"declined.{WORDING[reason]}.text") for reason in OWN_REASONS}
    return {reason: text.replace(BREAK, "").replace("\n", between) for reason, text in texts.items()}


def test_what_the_console_calls_standard_is_what_a_terminal_says() -> None:
    assert standard_refusals() == {
        "text": on_the_screen(Language.JAPANESE, ""),
        "text_en": on_the_screen(Language.ENGLISH, " "),
        "counter": {reason.value: slips.clerk(reason, Language.JAPANESE) for reason in OWN_REASONS},
    }
