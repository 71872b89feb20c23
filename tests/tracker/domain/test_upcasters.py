from datetime import date

import pytest

from tracker.domain.events import ReviewedWithoutChange
from tracker.domain.stored_form import restore
from tracker.domain.upcasters import UPCASTERS, UnknownEvent, Upcaster, upcast

STEPS = {
    ("moved", 1): Upcaster(facts=lambda facts: {**facts, "unit": "days"}),
    ("moved", 2): Upcaster(
        facts=lambda facts: {"days": facts["n"], "unit": facts["unit"]},
        texts=lambda texts: {"reason": texts["why"]},
    ),
}


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.domain.upcasters.UPCASTERS", STEPS)


@pytest.mark.usefixtures("steps")
@pytest.mark.parametrize(
    ("version", "facts"), [(1, {"n": 3}), (2, {"n": 3, "unit": "days"}), (3, {"days": 3})]
)
def test_every_stored_version_takes_the_steps_it_lacks(
    version: int, facts: dict[str, object]
) -> None:
    texts: dict[str, str | None] = {"why": "late"} if version < 3 else {"reason": "late"}
    now_facts, now_texts = upcast(facts, texts, stored=("moved", version), newest=3)
    assert (now_facts["days"], now_texts) == (3, {"reason": "late"})


@pytest.mark.usefixtures("steps")
def test_redacted_text_stays_redacted() -> None:
    assert upcast({"n": 3}, None, stored=("moved", 1), newest=3)[1] is None


@pytest.mark.usefixtures("steps")
@pytest.mark.parametrize("stored", [("moved", 4), ("moved", 0), ("shaken", 1)])
def test_a_missing_step_stops_the_reader(stored: tuple[str, int]) -> None:
    with pytest.raises(UnknownEvent):
        upcast({}, {}, stored=stored, newest=3)


def test_an_event_is_read_in_its_newest_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = {
        ("reviewed_without_change", 1): Upcaster(texts=lambda texts: {"note": texts["remark"]})
    }
    monkeypatch.setattr("tracker.domain.upcasters.UPCASTERS", steps)
    monkeypatch.setattr(ReviewedWithoutChange, "schema_version", 2)
    event = restore(
        type="reviewed_without_change",
        schema_version=1,
        facts="{}",
        texts='{"remark":"Still so."}',
        occurred_on=date(2026, 1, 2),
    )
    assert event == ReviewedWithoutChange(occurred_on=date(2026, 1, 2), note="Still so.")


def test_each_step_starts_from_a_version_that_was_released() -> None:
    assert all(version >= 1 for _, version in UPCASTERS)
