"""What holds on certain days holds on exactly those, in the clock of China."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from plugins.domain.dates import CHINA
from plugins.theming.dated import Dated, classes, on_days, written

MEMORIAL = on_days("mourning", date(2026, 12, 13), date(2026, 12, 13))


@pytest.mark.parametrize(
    ("moment", "is_on"),
    [
        (datetime(2026, 12, 12, 23, 59, tzinfo=CHINA), False),
        (datetime(2026, 12, 13, 0, 0, tzinfo=CHINA), True),
        (datetime(2026, 12, 12, 16, 0, tzinfo=UTC), True),
        (datetime(2026, 12, 13, 23, 59, tzinfo=CHINA), True),
        (datetime(2026, 12, 14, 0, 0, tzinfo=CHINA), False),
    ],
)
def test_a_day_lasts_from_midnight_to_midnight(moment: datetime, is_on: bool) -> None:
    assert MEMORIAL.is_on(moment) is is_on
    assert classes((MEMORIAL, MEMORIAL), moment) == ("mourning" if is_on else "")


def test_an_open_end_lasts_for_ever() -> None:
    expired = Dated(name="expired", since=datetime(2026, 1, 1, 9, 30, tzinfo=CHINA))
    assert expired.is_on(datetime(2099, 1, 1, tzinfo=CHINA))
    assert written((expired, MEMORIAL)) == "expired/2026-01-01T09:30/ mourning/2026-12-13T00:00/2026-12-14T00:00"
