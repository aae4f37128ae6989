from datetime import UTC, date, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from shared.moments import Day, Moment

DAY: TypeAdapter[date] = TypeAdapter(Day)
MOMENT: TypeAdapter[datetime] = TypeAdapter(Moment)


@pytest.mark.parametrize("number", [0, 86_400, 0.5, "0", "86400", "-86400", "1e3"])
def test_a_number_is_neither_a_day_nor_a_moment(number: object) -> None:
    for kind in (DAY, MOMENT):
        with pytest.raises(ValidationError) as refused:
            kind.validate_python(number)
        assert refused.value.errors()[0]["type"] == "date_form"


def test_what_is_written_out_is_read() -> None:
    assert DAY.validate_python("2026-03-02") == DAY.validate_python(date(2026, 3, 2))
    assert MOMENT.validate_python("2026-03-02T08:00:00Z") == datetime(2026, 3, 2, 8, tzinfo=UTC)


def test_the_documents_say_what_they_said() -> None:
    assert DAY.json_schema() == {"type": "string", "format": "date"}
    assert MOMENT.json_schema() == {"type": "string", "format": "date-time"}
