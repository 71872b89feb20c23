"""What is typed into a draft is looked at before it is saved; what the report says is not."""

import pytest

from inspections.models import Inspection
from inspections.sensitive_text import sensitive_passages
from inspections.warned_form import box_of
from tests.inspections.importing.pages import BY_HAND, errors_of, fill_in, page_of
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db
CASE = "X123456"
BOX = box_of(sensitive_passages(CASE))
NEW = {"new_recommendation.1.text": f"look at {CASE} again"}


def test_a_new_wording_is_saved_once_the_warning_is_answered(
    administrator: Visitor, draft: Inspection
) -> None:
    page = page_of("draft", draft)
    answer = fill_in(administrator, page, NEW)
    assert CASE in errors_of(answer)["new_recommendation.1.text"][0]
    assert f'name="{BOX}"' in answer.content.decode()
    assert draft.recommendations.count() == 6
    assert fill_in(administrator, page, {**NEW, BOX: "on"}).status_code == 302
    assert draft.recommendations.count() == 7


def test_what_the_report_says_raises_no_alarm(administrator: Visitor, draft: Inspection) -> None:
    draft.recommendations.filter(number=1).update(text=f"look at {CASE} again")
    answer = fill_in(administrator, page_of("draft", draft), {"lead_inspector": "Ina Inspector"})
    assert answer.status_code == 302


def test_an_inspection_that_is_typed_in_is_looked_at_as_well(administrator: Visitor) -> None:
    answer = fill_in(administrator, BY_HAND, NEW)
    assert CASE in errors_of(answer)["new_recommendation.1.text"][0]
    assert f'name="{BOX}"' in answer.content.decode()
