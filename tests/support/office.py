"""Officers of a test server, each at a desk of their own."""

from certserver.composition.clock import system_entropy
from certserver.office.desk import Desk, actor_of
from certserver.office.rights import Officer, OfficeRole
from tests.support.server import ServerForTests
from tests.support.server_people import MUNICIPALITY

DRAFTER, APPROVER = "mihon-an", "mihon-ken"


def a_desk(server: ServerForTests, mark: str, *roles: OfficeRole, municipality: str = MUNICIPALITY) -> Desk:
    """The desk of somebody with these roles."""
    officer = Officer(mark, frozenset(roles))
    secret = server.node.keys.secret
    return Desk(server.database, municipality, server.clock, system_entropy, lambda: secret, officer, actor_of(officer))


def drafters_desk(server: ServerForTests, mark: str = DRAFTER) -> Desk:
    """Of somebody who drafts settings."""
    return a_desk(server, mark, OfficeRole.CONFIGURER)


def approvers_desk(server: ServerForTests, mark: str = APPROVER) -> Desk:
    """Of somebody who stands for what others drafted."""
    return a_desk(server, mark, OfficeRole.APPROVER)
