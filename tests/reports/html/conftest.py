"""What pages tell of the small pack, made once for the tests of each file."""

from pathlib import Path

import pytest

from safeguard_rules.reports.html.documented import Documented
from tests.reports.html.made import small


@pytest.fixture(scope="package")
def told(tmp_path_factory: pytest.TempPathFactory) -> Documented:
    """The small pack with its two areas."""
    folder: Path = tmp_path_factory.mktemp("small")
    return small(folder)
