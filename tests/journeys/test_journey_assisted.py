"""A clerk opens the counter's own screen, or a resident does by mistake: a resident is served from there as ever."""

from kiosk.flow import scenes as at
from tests.support.journey_steps import Journey

COUNTER = ("郵便局の窓口用の画面です", "Post office counter mode")
NOT_YET = ("窓口の手続きは、まだできません", "Counter services: not yet")


def test_a_clerk_looks_in_and_a_resident_is_served(j: Journey) -> None:
    j.arrives()
    j.touches("clerk")
    j.sees(*COUNTER)
    j.sees(*NOT_YET)
    j.sees("証明書は、いま取れます", "Certificates: available now")
    j.touches("primary")
    j.sees("証明書が取れます", "certificates")
    j.touches("clerk")
    j.puts_card("tsuji-kengo")
    j.types_pin()
    j.chooses()
    j.orders()
    j.pays()
    j.sees("証明書をお取りください", "Take your sheet")
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert (j.issued, j.delivered) == (1, 1)


def test_who_opens_it_by_mistake_and_goes_away_leaves_the_start_screen(j: Journey) -> None:
    j.arrives()
    j.touches("clerk", "languages", "language-en")
    j.sees(*COUNTER)
    j.waits(45)
    assert j.shows(at.Start)
    j.ends_at_start()
    assert j.issued == 0
