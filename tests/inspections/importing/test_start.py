"""Taking a report in: uploaded, pasted, typed in by hand."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from inspections.models import Framework, Inspection, Provider, ReportSource
from inspections.report_parser.source import MAX_SOURCE_BYTES
from tests.inspections.importing.conftest import SAMPLE
from tests.inspections.importing.pages import BY_HAND, IMPORT, errors_of, opened, page_of
from tests.visitor import Visitor
from tests.world import make_provider

pytestmark = pytest.mark.django_db


def paste(visitor: Visitor, text: str, **fields: Any) -> Any:
    return visitor.client.post(IMPORT, {"text": text.replace("\n", "\r\n"), **fields})


def upload(visitor: Visitor, content: bytes, **fields: Any) -> Any:
    return visitor.client.post(IMPORT, {"file": SimpleUploadedFile("r.txt", content), **fields})


# --- Uploaded and pasted --------------------------------------------------------------------------


def test_a_pasted_report_becomes_a_draft(
    administrator: Visitor, unit: Provider, sample: str
) -> None:
    response = paste(administrator, sample)
    inspection = Inspection.objects.get()
    assert response["Location"] == page_of("draft", inspection)
    assert (inspection.state, inspection.provider) == ("draft", unit)


def test_the_same_report_uploaded_and_pasted_is_one_source(
    administrator: Visitor, unit: Provider, sample: str
) -> None:
    upload(administrator, SAMPLE.read_bytes())
    response = administrator.client.post(
        IMPORT, {"text": sample.replace("\n", "\r\n")}, follow=True
    )
    assert "This very report is here already (draft). Nothing was changed." in (
        response.content.decode()
    )
    assert ReportSource.objects.count() == Inspection.objects.count() == 1


def test_a_saved_web_page_is_read(administrator: Visitor, unit: Provider, sample: str) -> None:
    lines = "".join(f"<p>{line}</p>" for line in sample.splitlines())
    upload(administrator, f"<!doctype html><html><body>{lines}</body></html>".encode())
    assert ReportSource.objects.get().format == "html"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7", "This is a PDF file"),
        (b"", "The file is empty"),
        (b"Good morning.", "This is not an inspection report"),
        (b"Rhagair\n\nArgymhellion\n\nCefndir\n\nAngen gwella", "This page is in Welsh"),
        (b"x" * (MAX_SOURCE_BYTES + 1), "larger than 2 MB"),
    ],
)
def test_a_file_that_is_no_report_is_refused_in_the_parsers_words(
    administrator: Visitor, content: bytes, sentence: str
) -> None:
    (error,) = errors_of(upload(administrator, content))["file"]
    assert sentence in error
    assert not ReportSource.objects.exists()


def test_pasted_text_is_kept_where_it_is_refused(administrator: Visitor) -> None:
    response = paste(administrator, "Good morning.\nThis is no report.")
    assert "This is not an inspection report" in errors_of(response)["text"][0]
    assert "This is no report.</textarea>" in response.content.decode()


def test_a_pasted_text_that_is_too_large_is_refused_in_the_parsers_words(
    administrator: Visitor,
) -> None:
    response = paste(administrator, "x" * (MAX_SOURCE_BYTES + 1))
    assert "larger than 2 MB" in errors_of(response)["text"][0]


def test_one_way_at_a_time(administrator: Visitor, sample: str) -> None:
    assert "Choose the file" in errors_of(paste(administrator, " "))["file"][0]
    both = upload(administrator, SAMPLE.read_bytes(), text=sample)
    assert "not both" in errors_of(both)["file"][0]
    assert not ReportSource.objects.exists()


def test_a_name_that_several_bear_is_asked_for(
    administrator: Visitor, unit: Provider, sample: str
) -> None:
    namesake = make_provider("Example Valleys", kind=Provider.Kind.PDU)
    response = paste(administrator, sample)
    assert "Several providers are called" in errors_of(response)["provider"][0]
    assert "An inspection of probation" in response.content.decode()
    paste(administrator, sample, provider=str(namesake.pk))
    assert Inspection.objects.get().provider == namesake


def test_an_addressee_that_several_bear_is_asked_for(
    administrator: Visitor, unit: Provider, sample: str
) -> None:
    make_provider("Twin PDU")
    meant = make_provider("Twin", kind=Provider.Kind.PDU)
    text = sample.replace("Example Valleys PDU should:", "Twin PDU should:")
    field = "recommendations.1.addressed_to"
    response = paste(administrator, text)
    assert "Several providers are called “Twin PDU”" in errors_of(response)[field][0]
    decided = {f"recommendations.{n}.addressed_to": str(meant.pk) for n in range(1, 7)}
    assert paste(administrator, text, **decided).status_code == 302
    assert {row.addressee for row in Inspection.objects.get().recommendations.all()} == {meant}


# --- By hand --------------------------------------------------------------------------------------

TYPED = {
    "title": "An inspection of Example Valleys",
    "provider.name": "Example Valleys PDU",
    "published_on": "12/05/2026",
    "score": "2",
    "standards.P~1.1.rating": "good",
    "standards.P~2.1.key_questions.1.percent": "44",
    "new_recommendation.1.text": "read every plan",
    "new_recommendation.3.text": "think again",
}


def test_an_inspection_typed_in_becomes_a_draft(administrator: Visitor, unit: Provider) -> None:
    response = administrator.client.post(BY_HAND, {**opened(administrator, BY_HAND), **TYPED})
    inspection = Inspection.objects.get()
    assert response["Location"] == page_of("draft", inspection)
    assert (inspection.source, inspection.published_on) == (None, date(2026, 5, 12))
    assert (inspection.score, inspection.score_max) == (2, 21)
    assert list(inspection.recommendations.order_by("number").values_list("number", "text")) == [
        (1, "read every plan"),
        (2, "think again"),
    ]
    page = administrator.read(page_of("draft", inspection))
    assert "The rating of P 1.2 is not filled in" in page


def test_a_second_sending_leads_to_the_draft_that_the_first_made(
    administrator: Visitor, unit: Provider
) -> None:
    sent = {**opened(administrator, BY_HAND), **TYPED}
    addresses = {administrator.client.post(BY_HAND, sent)["Location"] for _ in range(2)}
    assert addresses == {page_of("draft", Inspection.objects.get())}


def test_more_rows_are_added_and_nothing_typed_is_lost_or_complained_of(
    administrator: Visitor, unit: Provider
) -> None:
    sent = {**TYPED, "rows": "3", "score": "many", "more": "Add more rows"}
    response = administrator.client.post(BY_HAND, sent)
    page = response.content.decode()
    assert 'name="new_recommendation.6.text"' in page
    assert "read every plan" in page
    assert 'value="many"' in page
    assert "There is a problem" not in page
    assert not Inspection.objects.exists()
    last = {**sent, "rows": "6", "score": "2", "new_recommendation.6.text": "the last one"}
    del last["more"]
    administrator.client.post(BY_HAND, last)
    assert Inspection.objects.get().recommendations.count() == 3


def test_every_value_that_does_not_fit_is_named_at_its_field_with_what_was_typed(
    administrator: Visitor, unit: Provider
) -> None:
    wrong = {"score": "many", "fieldwork.month": "June", "new_recommendation.1.number": "first"}
    response = administrator.client.post(BY_HAND, {**TYPED, "rows": "3", **wrong})
    found = errors_of(response)
    assert found["score"] == ["“many” does not fit here; give a whole number."]
    assert set(found) == set(wrong)
    page = response.content.decode()
    assert all(f'value="{typed}"' in page for typed in wrong.values())
    assert "think again" in page
    assert not Inspection.objects.exists()


def test_title_and_provider_are_needed(administrator: Visitor, unit: Provider) -> None:
    sent = {**TYPED, "rows": "3"}
    no_title = administrator.client.post(BY_HAND, {**sent, "title": " "})
    assert errors_of(no_title)["title"] == ["Type the title of the report."]
    no_provider = administrator.client.post(BY_HAND, {**sent, "provider.name": ""})
    assert errors_of(no_provider)["provider.name"] == ["Choose the provider."]


def test_where_there_are_several_frameworks_one_is_chosen_first(
    administrator: Visitor, unit: Provider
) -> None:
    other = Framework.objects.create(code="dynamic", name="Dynamic", judgements=[])
    assert "Choose a framework" in administrator.read(BY_HAND)
    page = administrator.read(BY_HAND, framework=str(other.pk))
    assert "Framework: Dynamic" in page
    assert "P 1.1" not in page
    sent = {**TYPED, "rows": "3", "framework": str(other.pk)}
    administrator.client.post(BY_HAND, sent)
    assert Inspection.objects.get().framework == other
