"""Fixtures around the software printer; a test module imports the ones it uses."""

from collections.abc import Iterator

import pytest

from tests.support.ipp_printer import IppPrinterMissing, name_service


@pytest.fixture(scope="module")
def ipp_names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment in which `ippeveprinter` starts. Skips on a machine whose user may not run Avahi."""
    try:
        with name_service(tmp_path_factory.mktemp("names")) as environment:
            yield environment
    except IppPrinterMissing as missing:
        pytest.skip(str(missing))
