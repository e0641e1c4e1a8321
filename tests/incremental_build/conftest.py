"""What is small is forked for here too, so that workers take part in the laws."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from plugins.incremental_build import workers


@pytest.fixture(scope="module", autouse=True)
def forking() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "MANY", workers.FEW)
        yield
