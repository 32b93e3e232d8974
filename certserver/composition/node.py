"""Opens one server node from its home, with everything the services work with. It refuses a node that is not what its
municipality allows (I8)."""

from dataclasses import dataclass
from pathlib import Path

from certserver.composition.clock import SystemClock, system_entropy
from certserver.composition.neighbours import read_neighbours
from certserver.composition.papers import LatePaperPress
from certserver.composition.settings import ServerSettings, load_settings
from certserver.composition.stores import Keys, node_digest, open_keys, open_storage
from certserver.composition.terminals import terminal_ca
from certserver.errors import ConfigurationError
from certserver.identity.identify import CardIdentity
from certserver.ledger.keys import read_keys
from certserver.ledger.nodes import check_node
from certserver.ledger.state import read_state
from certserver.municipality import MunicipalityProfile
from certserver.pipeline.card_applications.keys import ApplicationKeys
from certserver.pipeline.card_applications.papers import PaperParts
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.parts import DocumentMaker, Parts
from certserver.pipeline.settings import SettingsCache
from certserver.pipeline.signing_keys import SigningKeys
from certserver.pipeline.staff.keys import StaffKeys
from certserver.pipeline.staff.parts import StaffParts
from certserver.pipeline.terminals.parts import TerminalParts
from certserver.pipeline.trust_lists import TrustLists
from certserver.ports import Clock, Entropy, unix
from certserver.registers.numbers import NumberVault
from certserver.service.applications import ApplicationService
from certserver.service.directory import DirectoryService
from certserver.service.enrolment import EnrolmentService
from certserver.service.issuance import IssuanceService
from certserver.service.staff import StaffService
from certserver.service.terminals import TerminalX509Service
from certserver.signing.secrets import Vault, subkey
from certserver.staff.sessions import SessionLimits
from certserver.storage.schema import check_schema


@dataclass(frozen=True, slots=True, repr=False)
class Node:
    """A server node that may serve."""

    home: Path
    settings: ServerSettings
    keys: Keys
    parts: Parts
    issuance: IssuanceService
    enrolment: EnrolmentService
    directory: DirectoryService
    application_parts: ApplicationParts
    applications: ApplicationService
    staff_parts: StaffParts
    staff: StaffService
    terminal_parts: TerminalParts
    terminal_x509s: TerminalX509Service

    def close(self) -> None:
        """Lets database and keys go."""
        self.parts.database.close()
        self.keys.store.close()


def open_node(
    home: Path,
    documents: DocumentMaker,
    clock: Clock | None = None,
    entropy: Entropy = system_entropy,
    port: int | None = None,
) -> Node:
    """A node that is ready to serve, with what makes documents. With a `port` the directory names that one in place of
    the settings'. Raises
    `ConfigurationError` when the municipality does not allow the node as it is."""
    settings = load_settings(home)
    keys = open_keys(home, settings)
    database = open_storage(home, settings)
    check_schema(database)
    clock = clock or SystemClock()
    signing = SigningKeys(keys.store)
    with database.reading() as connection:
        check_node(connection, settings.municipality, node_digest(home, settings, keys))
        signing.require(read_keys(connection, settings.municipality), unix(clock.now()))
    parts = Parts(
        database=database,
        clock=clock,
        entropy=entropy,
        identity=CardIdentity(keys.subjects),
        documents=documents,
        vault=Vault(subkey(keys.secret, "stored values"), entropy),
        numbers=NumberVault(keys.secret, entropy),
        keys=signing,
        settings=SettingsCache(),
    )
    address = settings.public_address
    if port is not None:
        address = f"{address.rpartition(':')[0]}:{port}"
    addresses = {settings.municipality: address}
    neighbours = read_neighbours(home)
    lists = TrustLists(database, parts.settings, keys.centre, settings.municipality, neighbours.signatories)
    directory = DirectoryService(parts, keys.centre, addresses, lists, neighbours.entries)
    application_parts = ApplicationParts(database, clock, entropy, ApplicationKeys(keys.secret, entropy))
    staff_parts = StaffParts(
        database=database,
        clock=clock,
        entropy=entropy,
        keys=StaffKeys(keys.secret, entropy),
        identity=parts.identity,
        limits=SessionLimits(settings.staff_idle_s, settings.staff_longest_s),
    )
    terminal_parts = TerminalParts(database, clock, entropy, terminal_ca(home, settings), keys.secret)
    papers = PaperParts(LatePaperPress(home / font for font in settings.value_fonts), parts.settings)
    return Node(
        home=home,
        settings=settings,
        keys=keys,
        parts=parts,
        issuance=IssuanceService(parts),
        enrolment=EnrolmentService(parts),
        directory=directory,
        application_parts=application_parts,
        applications=ApplicationService(application_parts, papers, parts.identity),
        staff_parts=staff_parts,
        staff=StaffService(staff_parts),
        terminal_parts=terminal_parts,
        terminal_x509s=TerminalX509Service(terminal_parts),
    )


def profile_in_force(node: Node) -> MunicipalityProfile:
    """What the node's municipality sets for its documents now. Raises `ConfigurationError` when it set nothing yet."""
    parts = node.parts
    with parts.database.reading() as connection:
        state = read_state(connection, node.settings.municipality)
        if state is None:
            raise ConfigurationError(f"municipality {node.settings.municipality} is not set up in this database")
        return parts.settings.profile(connection, state, unix(parts.clock.now()))
