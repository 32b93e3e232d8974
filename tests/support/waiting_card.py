"""`python -m tests.support.waiting_card SITE`: at the municipality's counter of a demonstration's site a card waits
for a woman of 78, the one that lies in the site's folder of cards. What officers and simulated parties did before is
done in process; nobody's PIN is known here."""

import sys
from pathlib import Path

from certserver.composition.clock import SystemClock
from certserver.composition.node import open_node
from hardware.card.virtual.folder import CardFolder
from kiosk.demo.office.site import COUNTER_TERMINAL
from kiosk.demo.office.waits import NEW_CARD
from tests.support.card_applications import at_counter
from tests.support.cards import CardAuthority
from tests.support.hand_over import card_waits
from tests.support.server import HandClock, ServerForTests
from tests.support.server_documents import PlainDocuments
from tests.support.server_people import MUNICIPALITY


def main(site: Path) -> None:
    clock = HandClock(SystemClock().now())
    node = open_node(site / "server", PlainDocuments(), clock)
    try:
        server = ServerForTests(site / "server", node, clock, CardAuthority(clock.now(), seed="waiting"))
        server.line(COUNTER_TERMINAL).heartbeat(MUNICIPALITY)
        hall = at_counter(server, COUNTER_TERMINAL, place="municipal-counter", staff="officer-7", role="officer")
        card_waits(server, NEW_CARD, hall, made=CardFolder(site / "cards").card(NEW_CARD).user_auth_x509)
    finally:
        node.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
