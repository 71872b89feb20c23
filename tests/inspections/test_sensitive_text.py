"""What looks like a number of a person is found however it is typed; nothing else is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.sensitive_text import SensitiveKind, sensitive_passages
from tests.inspections.report_parser.report_texts import EVERY, text_of
from tracker import demonstration

LETTER = st.sampled_from("BCDEFGHJKLMNOPQRSTUVWXYZ")
SPACE = st.sampled_from(["", " ", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\t"])


def _digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


@st.composite
def _typed(draw: st.DrawFn, *parts: st.SearchStrategy[str]) -> str:
    """Join the parts with spaces of one kind or none, in capitals or not."""
    space = draw(SPACE)
    typed = space.join(draw(part) for part in parts)
    return typed if space or draw(st.booleans()) else typed.lower()


AROUND = st.sampled_from(["", " ", "\n", ". ", "(", ")", '"', ",", "_", "/", ": "])
PAIR = _digits(2)
NATIONAL_INSURANCE_NUMBER = _typed(
    st.text("ABCEGHJKLMNPRSTWXYZ", min_size=2, max_size=2),
    PAIR,
    PAIR,
    PAIR,
    st.sampled_from("ABCD"),
)
CASE_REFERENCE = _typed(st.builds("".join, st.tuples(LETTER, _digits(6))))
PRISON_NUMBER = _typed(st.builds("".join, st.tuples(LETTER, _digits(4), LETTER, LETTER)))


@given(typed=NATIONAL_INSURANCE_NUMBER, before=AROUND, after=AROUND)
def test_a_national_insurance_number_is_found_however_it_is_spaced(
    typed: str, before: str, after: str
) -> None:
    (found,) = sensitive_passages(f"Seen{before or ' '}{typed}{after or ' '}today")
    assert (found.kind, found.text) == (SensitiveKind.NATIONAL_INSURANCE_NUMBER, typed)


@given(typed=CASE_REFERENCE, before=AROUND, after=AROUND)
def test_a_case_reference_is_found(typed: str, before: str, after: str) -> None:
    (found,) = sensitive_passages(f"Seen{before or ' '}{typed}{after or ' '}today")
    assert (found.kind, found.text) == (SensitiveKind.CASE_REFERENCE, typed)


@given(typed=PRISON_NUMBER)
def test_a_prison_number_is_found(typed: str) -> None:
    (found,) = sensitive_passages(f"moved to {typed}.")
    assert (found.kind, found.text) == (SensitiveKind.PRISON_NUMBER, typed)


@pytest.mark.parametrize(
    ("text", "kind", "passage"),
    [
        ("QQ 12 34 56 C", SensitiveKind.NATIONAL_INSURANCE_NUMBER, "QQ 12 34 56 C"),
        ("is AB 12 34 56 only", SensitiveKind.NATIONAL_INSURANCE_NUMBER, "AB 12 34 56"),
        ("audit_X123456.docx", SensitiveKind.CASE_REFERENCE, "X123456"),
        ("CRN: 123456", SensitiveKind.CASE_REFERENCE, "CRN: 123456"),
        ("Case ref. 2025-00123", SensitiveKind.CASE_REFERENCE, "Case ref. 2025-00123"),
        ("Ｘ１２３４５６", SensitiveKind.CASE_REFERENCE, "Ｘ１２３４５６"),
        ("see 2012/1234567A", SensitiveKind.PNC_NUMBER, "2012/1234567A"),
        ("see 79/123456p", SensitiveKind.PNC_NUMBER, "79/123456p"),
        ("see 123456/12A", SensitiveKind.CRO_NUMBER, "123456/12A"),
        ("see SF05/123456A", SensitiveKind.CRO_NUMBER, "SF05/123456A"),
        ("case T20207123", SensitiveKind.COURT_CASE, "T20207123"),
        ("URN 01AB1234567", SensitiveKind.COURT_CASE, "01AB1234567"),
        ("NHS 943 476 5919", SensitiveKind.NHS_NUMBER, "943 476 5919"),
        ("D.O.B. 12/03/1985", SensitiveKind.DATE_OF_BIRTH, "D.O.B. 12/03/1985"),
        ("born on 3 March 1985", SensitiveKind.DATE_OF_BIRTH, "born on 3 March 1985"),
    ],
)
def test_other_numbers_of_a_person_are_found(text: str, kind: SensitiveKind, passage: str) -> None:
    (found,) = sensitive_passages(text)
    assert (found.kind, found.text) == (kind, passage)


@pytest.mark.parametrize(
    "text",
    [
        "9 of 20 cases, 28% in 2024/25; by 31.03.26 a plan",
        "A 2024 QA exercise, from a 2025 to do list",
        "a 123456 pound budget, £1,234,567 in all",
        "ON 12.03.24 WE MET; on 12-03-24 a plan",
        "call 020 7946 0123 or 07700 900123",
        "https://intranet.example/a1b2c3d4-1234-4abc-8def-a123456789ab",
        "PI 05/2024, section 12(3)(a), P 2.3, PDU23, SW1A 1AA, case number 54",
        "943 476 5918",  # not its check digit
        "the service was born on the first day",
    ],
)
def test_figures_dates_and_addresses_raise_no_alarm(text: str) -> None:
    assert sensitive_passages(text) == ()


@pytest.mark.parametrize("name", EVERY)
def test_no_line_of_a_report_raises_an_alarm(name: str) -> None:
    assert sensitive_passages(text_of(name)) == ()


def test_the_demo_data_raise_no_alarm() -> None:
    scenes = Path(demonstration.__file__).parent.glob("*.py")
    texts = [each.read_text(encoding="utf-8") for each in scenes]
    assert len(texts) > 1
    assert [found for text in texts for found in sensitive_passages(text)] == []


def test_a_passage_that_stands_twice_is_named_once_as_it_was_typed_first() -> None:
    found = sensitive_passages("X123456 came, and x123 456 went; Y123456 as well")
    assert [each.text for each in found] == ["X123456", "Y123456"]


@given(st.text())
def test_any_text_at_all_is_read_and_every_passage_stands_in_it(text: str) -> None:
    for found in sensitive_passages(text):
        assert found.text in text


@given(part=st.text("aA1 /-\t.:", min_size=1, max_size=8), times=st.integers(1, 2000))
def test_texts_that_nearly_fit_over_and_over_are_read_like_any_other(part: str, times: int) -> None:
    assert len(sensitive_passages(part * times)) <= len(part) * times
