"""A draft that was never published can be thrown away, and leaves nothing behind."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from inspections.models import (
    AccuracyNote,
    Finding,
    ImportIssue,
    Inspection,
    Provider,
    Recommendation,
    ReportSource,
)
from inspections.report_import import import_report
from tests.inspections.importing.conftest import SAMPLE
from tests.inspections.importing.pages import page_of
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db
LEFT = (Inspection, Recommendation, Finding, ImportIssue, ReportSource)


def imported(name: str = "Atlantis") -> Inspection:
    source = SAMPLE.read_bytes().replace(b"Example Valleys", name.encode())
    return import_report(source=source, now=timezone.now()).inspection


def test_all_that_it_brought_goes_with_it_and_the_report_can_come_again(
    administrator: Visitor,
) -> None:
    draft = imported()
    page = page_of("discard", draft)
    assert page in administrator.read(page_of("draft", draft))
    assert "6 recommendations" in administrator.read(page)
    answer = administrator.client.post(page)
    assert answer.status_code == 302
    assert [model for model in LEFT if model.objects.exists()] == []
    assert not Provider.objects.filter(name__startswith="Atlantis").exists()
    assert imported().recommendations.count() == 6
    assert administrator.client.post(page).status_code == 404


def test_a_provider_that_another_draft_proposes_stays(administrator: Visitor) -> None:
    draft = imported()
    source = SAMPLE.read_bytes().replace(b"Example Valleys PDU should", b"Atlantis PDU should")
    other = import_report(source=source, now=timezone.now()).inspection
    administrator.client.post(page_of("discard", draft))
    assert Provider.objects.filter(name="Atlantis PDU", is_proposed=True).exists()
    administrator.client.post(page_of("discard", other))
    assert not Provider.objects.filter(is_proposed=True).exists()


@pytest.mark.parametrize("state", ["embargoed", "published"])
def test_what_others_may_read_stays(administrator: Visitor, state: str) -> None:
    draft = imported()
    day = timezone.localdate() - timedelta(days=1)
    Inspection.objects.filter(pk=draft.pk).update(state=state, published_on=day)
    administrator.client.post(page_of("discard", draft))
    assert Inspection.objects.filter(pk=draft.pk).exists()


def test_claims_of_its_readers_keep_it(administrator: Visitor, ada: User) -> None:
    draft = imported()
    AccuracyNote.objects.create(
        inspection=draft, noted_by=ada, noted_at=timezone.now(), key=uuid4(), claim="It was 14."
    )
    answer = administrator.client.post(page_of("discard", draft))
    assert "Named readers have noted claims" in answer.content.decode()
    assert Inspection.objects.filter(pk=draft.pk).exists()


def test_nobody_else_discards(inspector: User) -> None:
    draft = imported()
    assert Visitor(inspector).client.post(page_of("discard", draft)).status_code == 404
    assert Inspection.objects.filter(pk=draft.pk).exists()
