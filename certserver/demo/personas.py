"""Who has which card: the names under which a demonstration issues virtual cards, and whose they are. The kinds are the
words of `koufu-card issue --kind`; nothing here touches a card."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

MAIN_PERSONA = "tsuji-kengo"
"""Whose card the main job uses."""


@dataclass(frozen=True, slots=True)
class Persona:
    """A card by its name, of a kind, and the resident it is linked with."""

    name: str
    resident_id: str
    card_kind: str = "normal"

    @property
    def face_auth(self) -> bool:
        """Whether the municipality knows it as a face-authentication card."""
        return self.card_kind == "face-auth"


def _normal(*resident_ids: str) -> tuple[Persona, ...]:
    return tuple(Persona(resident_id, resident_id) for resident_id in resident_ids)


PERSONAS: Mapping[str, Persona] = MappingProxyType(
    {
        persona.name: persona
        for persona in (
            *_normal(MAIN_PERSONA, "tsuji-misaki", "tsuji-naoko", "tsuji-akira", "kasai-masato", "katsuragi-yui"),
            *_normal("watanabe-shigeru", "watanabe-chieko", "watanabe-osamu", "kamiya-rin", "oliveira-maria"),
            *_normal("watanabe-kichitaro", "kuroda-hana", "yamazaki-daisuke", "mori-kazue", "mori-sayaka"),
            *_normal("ueda-hiroshi", "hayashi-takumi", "harada-jun", "nishimura-shozo", "nishimura-fumi"),
            *_normal("okada-mika", "fujita-emi", "yoshida-kazuko"),
            Persona("tsuji-kengo-phone", MAIN_PERSONA, "android"),
            Persona("tsuji-haruto", "tsuji-haruto", "child"),
            Persona("ono-riko", "ono-riko", "child"),
            Persona("ishii-toshio", "ishii-toshio", "face-auth"),
            Persona("endo-kazuya", "endo-kazuya", "expired"),
            Persona("aoki-nozomi", "aoki-nozomi", "revoked"),
            Persona("matsui-kenji", "matsui-kenji", "locked"),
        )
    }
)
"""By the card's name, which is the resident's id wherever a resident has one card."""
