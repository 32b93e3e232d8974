"""`koufu-server checking-page`: the recipients' web page of a home, in one process. It opens the database and no
private key: the trust list it hands out was signed elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from certserver.checking.app import checking_app
from certserver.checking.parts import CheckingParts, Comparison, TrustListShelf
from certserver.composition.bundle_files import BundleFiles
from certserver.composition.clock import SystemClock, elapsed
from certserver.composition.neighbours import read_bundles
from certserver.composition.settings import load_settings
from certserver.composition.stores import open_storage
from certserver.composition.web import WebPlan, run_web
from certserver.errors import ConfigurationError
from certserver.pipeline.sheet_status import SheetStatus, sheet_status
from certserver.storage.engine import Database
from certserver.storage.keys import trust_lists
from certserver.storage.schema import check_schema


@dataclass(frozen=True, slots=True)
class LedgerBook:
    """The ledger of a home, read for one question."""

    database: Database

    def status(self, document_no: str, content_hash: bytes) -> SheetStatus | None:
        """See `StatusBook`."""
        with self.database.reading() as connection:
            return sheet_status(connection, document_no, content_hash)


@dataclass(frozen=True, slots=True)
class KeptTrustLists:
    """The trust lists that a home handed out."""

    database: Database
    home: str

    def newest(self) -> tuple[bytes, bytes] | None:
        """See `TrustListShelf`."""
        query = (
            select(trust_lists.c.signature, trust_lists.c.evidence)
            .where(trust_lists.c.municipality == self.home)
            .order_by(trust_lists.c.number.desc())
            .limit(1)
        )
        with self.database.reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else (row.signature, row.evidence)


def serve_checking_page(plan: WebPlan, ready: Callable[[int], None]) -> int:
    """Serves until SIGTERM or SIGINT; calls `ready` with the port once it can be reached. Raises `CertServerError`."""
    settings = load_settings(plan.home)
    database = open_storage(plan.home, settings)
    try:
        check_schema(database)
        shelf = KeptTrustLists(database, settings.municipality)
        if shelf.newest() is None:
            raise ConfigurationError(
                "there is no trust list yet: start the server once, or run `koufu-server trust-list export FOLDER`"
            )
        centre = _centre(plan.home / settings.centre_key)
        fonts = tuple(plan.home / font for font in settings.value_fonts)
        with TemporaryDirectory(prefix="koufu-bundles-") as folder:
            bundles = BundleFiles(Path(folder))
            bundles.add(read_bundles(plan.home))
            parts = CheckingParts(
                hosts=plan.hosts,
                centre=centre,
                shelf=shelf,
                elapsed=elapsed,
                book=LedgerBook(database),
                comparison=_comparison(database, shelf, centre, bundles, fonts),
            )
            run_web(checking_app(parts), plan, ready)
    finally:
        database.close()
    return 0


def _comparison(
    database: Database, shelf: TrustListShelf, centre: bytes, bundles: BundleFiles, fonts: tuple[Path, ...]
) -> Comparison | None:
    """None where `koufu[verify]` is not installed: the page then offers no comparison."""
    if any(find_spec(needed) is None for needed in ("cv2", "zxingcpp", "pypdfium2")):
        return None
    from certserver.composition.comparing import ConfinedComparison

    return ConfinedComparison(database, shelf, centre, bundles, fonts, SystemClock(), elapsed)


def _centre(file: Path) -> bytes:
    try:
        return bytes.fromhex(file.read_text().strip())
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{file} holds no public key in hex. Was `koufu-server init` run?") from error
