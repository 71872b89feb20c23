"""Publishing from the admin, and what the list says of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.utils import timezone

from inspections.due_publication import publish_due
from inspections.models import ImportIssue, Inspection, Membership, Provider
from inspections.report_import.as_seen import CHANGED, ChangedMeanwhile, hold_as_seen
from inspections.report_import.sheet import digest_of, sheet_of
from tests.inspections.importing.pages import LIST, errors_of, page_of, publish, share
from tests.visitor import Visitor
from tests.world import make_recommendation, make_user
from tracker.models import Event

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_the_first_of_june() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def dated(draft: Inspection) -> Inspection:
    draft.published_on = NOW.date()
    draft.save()
    return draft


# --- Now ------------------------------------------------------------------------------------------


def test_the_page_says_what_publishing_opens_for_whom(
    administrator: Visitor, dated: Inspection
) -> None:
    make_recommendation(dated, addressee=dated.provider.region, number=9)
    html = administrator.read(page_of("publish", dated))
    assert "6 recommendations for Example Valleys PDU" in html
    assert "1 recommendation for Invented Region" in html
    assert "1 June 2026" in html
    assert not Event.objects.exists()


def test_publishing_opens_the_recommendations_and_says_so(
    administrator: Visitor, dated: Inspection
) -> None:
    response = publish(administrator, dated, follow=True)
    assert "Published. Its recommendations are open" in response.content.decode()
    dated.refresh_from_db()
    assert dated.state == "published"
    assert Event.objects.filter(type="recommendation_published").count() == 6


def test_what_somebody_changed_since_the_page_was_opened_is_looked_at_first(
    administrator: Visitor, dated: Inspection
) -> None:
    """What is published is not taken back: nobody publishes a wording they have not seen."""
    seen = administrator.get(page_of("publish", dated)).context["seen"]
    embargo = administrator.get(page_of("embargo", dated)).context["seen"]
    dated.recommendations.filter(number=1).update(text="Other words than before")
    answer = administrator.client.post(page_of("publish", dated), {"seen": seen})
    assert CHANGED in answer.content.decode()
    answer = share(administrator, dated, seen=embargo)
    assert errors_of(answer) == {"__all__": [CHANGED]}
    dated.refresh_from_db()
    assert dated.state == "draft"
    again = answer.context["seen"]
    assert share(administrator, dated, seen=again).status_code == 302


def test_whoever_saw_no_page_publishes_and_shares_nothing(
    administrator: Visitor, dated: Inspection
) -> None:
    answer = administrator.client.post(page_of("publish", dated))
    assert CHANGED in answer.content.decode()
    assert errors_of(share(administrator, dated, seen="")) == {"__all__": [CHANGED]}
    dated.refresh_from_db()
    assert dated.state == "draft"


def test_looking_for_readers_is_not_looking_at_the_values_again(
    administrator: Visitor, dated: Inspection
) -> None:
    seen = administrator.get(page_of("embargo", dated)).context["seen"]
    dated.recommendations.filter(number=1).update(text="Other words than before")
    found = share(administrator, dated, seen=seen, find="Find people", search="ada")
    assert found.context["seen"] == seen


def test_what_is_stored_at_the_same_moment_is_not_written_over(dated: Inspection) -> None:
    """Two who save at once both saw the same: the second finds it under the lock."""
    seen = digest_of(sheet_of(dated))
    hold_as_seen(dated, seen)
    Inspection.objects.filter(pk=dated.pk).update(title="Stored a moment before")
    with pytest.raises(ChangedMeanwhile):
        hold_as_seen(dated, seen)


def test_a_second_click_publishes_nothing_more(administrator: Visitor, dated: Inspection) -> None:
    publish(administrator, dated)
    response = publish(administrator, dated)
    assert "its record stands as it is" in response.content.decode()
    assert Event.objects.count() == 6


def test_without_a_publication_date_there_is_no_button_and_no_way(
    administrator: Visitor, draft: Inspection
) -> None:
    html = administrator.read(page_of("publish", draft))
    assert "none is ever assumed" in html
    assert 'value="Publish now"' not in html
    publish(administrator, draft)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_unresolved_errors_are_listed_and_stand_in_the_way(
    administrator: Visitor, dated: Inspection
) -> None:
    ImportIssue.objects.create(
        source=dated.source, field="score", severity="error", message="The points do not add up."
    )
    response = publish(administrator, dated)
    assert "The points do not add up." in response.content.decode()
    dated.refresh_from_db()
    assert dated.state == "draft"


def test_figures_that_a_correction_brought_out_of_step_are_pointed_out(
    administrator: Visitor, dated: Inspection
) -> None:
    Inspection.objects.update(score=9)
    html = administrator.read(page_of("publish", dated))
    assert "The published score is 9, but the standards" in html


# --- What the list says ---------------------------------------------------------------------------


def test_the_list_leads_on_to_drafts_and_says_when_others_are_published(
    administrator: Visitor, draft: Inspection
) -> None:
    assert page_of("draft", draft) in administrator.read(LIST)
    share(administrator, draft)
    html = administrator.read(LIST)
    assert "Publishes on 2 June 2026 at 9:30am" in html
    assert page_of("publish", draft) in html


def test_the_list_says_what_could_not_be_published_and_why(
    administrator: Visitor, draft: Inspection
) -> None:
    share(administrator, draft)
    draft.recommendations.all().delete()
    publish_due(NOW + timedelta(days=1))
    html = administrator.read(LIST)
    assert "Could not be published: The inspection has no recommendations" in html


def test_a_role_that_is_lost_is_said_before_the_time_comes(
    administrator: Visitor, draft: Inspection
) -> None:
    former = make_user("Fay Former", Membership.Role.HMIP_ADMINISTRATOR)
    share(Visitor(former), draft)
    Membership.objects.filter(user=former).update(ends_on=NOW.date() - timedelta(days=1))
    sentence = "Fay Former, who set the time, is not an HMIP administrator today"
    assert sentence in administrator.read(LIST)
    assert sentence in administrator.read(page_of("publish", draft))
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        publish_due(timezone.now())
        assert publish(administrator, draft).status_code == 302
    draft.refresh_from_db()
    assert draft.state == "published"


def test_a_reader_of_the_list_sees_no_way_in(inspector: User, dated: Inspection) -> None:
    Inspection.objects.update(state="published")
    html = Visitor(inspector).read(LIST)
    assert "Example Valleys" in html
    for words in ("Import a report", "/draft/", "/publish/"):
        assert words not in html


def test_a_named_reader_reads_the_embargoed_inspection_and_changes_nothing(
    administrator: Visitor, draft: Inspection, inspector: User, unit: Provider
) -> None:
    share(administrator, draft, inspector)
    reader = Visitor(inspector)
    html = reader.read(f"{LIST}{draft.pk}/change/")
    assert "visit people at home" in html
    assert "/publish/" not in html
    for name in ("draft", "publish", "embargo"):
        assert reader.get(page_of(name, draft)).status_code == 403
