"""One story told by every role in a real browser: from the import of a report to its last word.

Each chapter is one person's journey, and says what that person can do and what not.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from inspections.models import Inspection, Recommendation
from tests.browser.arriving import come_in
from tests.browser.listening import listen
from tests.visitor import LIST, form_path, page_path
from tests.world import PASSWORD, make_provider, make_user
from tracker.domain.vocabulary import Role
from tracker.models import Event, RecommendationProgress
from tracker.verification import verify_log

pytestmark = [pytest.mark.browser, pytest.mark.slow]
UNIT = "Example Valleys PDU"
SAMPLE = Path("inspections/sample_report/example_valleys_pdu.txt")
MEMBERSHIPS = "/admin/inspections/membership/"


class Stage:
    """The browser, who is before it, and the recommendation that is spoken of."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.pk = 0

    def enter(self, person: User) -> None:
        """Be somebody else from now on, at their desk."""
        come_in(self.page, self.site, person)
        self.go("/admin/")

    def go(self, path: str) -> int:
        answer = self.page.goto(f"{self.site}{path}")
        assert answer is not None
        return answer.status

    def speak_of(self, number: int) -> None:
        """Open the page of a recommendation of the first report."""
        first = Inspection.objects.order_by("pk")[0]
        self.pk = Recommendation.objects.get(inspection=first, number=number).pk
        self.go(page_path(self.pk))

    def offered(self) -> set[str]:
        """Return what the page offers the person to do."""
        self.go(page_path(self.pk))
        menu = self.page.get_by_role("region", name="What you can do now")
        return set(menu.get_by_role("link").all_inner_texts()) if menu.count() else set()

    def cannot(self, slug: str) -> None:
        """Try the form's own address, which the page does not offer."""
        assert self.go(form_path(self.pk, slug)) == 403
        self.go(page_path(self.pk))

    def opens(self, link: str) -> None:
        menu = self.page.get_by_role("region", name="What you can do now")
        menu.get_by_role("link", name=link, exact=True).click()

    def types(self, label: str, text: str) -> None:
        self.page.get_by_role("textbox", name=label, exact=True).fill(text)

    def dates(self, label: str, day: date) -> None:
        self.page.get_by_label(label).fill(day.isoformat())

    def ticks(self, label: str) -> None:
        self.page.get_by_label(label).first.check()

    def sends(self, button: str, done: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).click()
        expect(self.page.get_by_text(done).first).to_be_visible()

    def follows(self, link: str, *, rows: int) -> None:
        """Follow a number of the desk to its list."""
        self.page.get_by_role("link", name=link).first.click()
        expect(self.page.locator("#result_list tbody tr")).to_have_count(rows)

    def reads(self) -> str:
        return self.page.locator("#content").inner_text()


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def people() -> dict[str, User]:
    unit = make_provider(UNIT)
    return {
        "operator": User.objects.create_superuser("operator", "operator@tracker.example", PASSWORD),
        "administrator": make_user("Ada Administrator", Role.HMIP_ADMINISTRATOR),
        "owner": make_user("Owen Owner", Role.ACTION_OWNER, unit),
        "delegate": make_user("Dee Delegate"),
        "regional lead": make_user("Rhys Region", Role.REGIONAL_LEAD, unit.region),
        "co-ordinator": make_user("Cai Coordinator", Role.HMPPS_COORDINATOR),
        "inspector": make_user("Ina Inspector", Role.INSPECTOR),
        "lead inspector": make_user("Liv Inspector", Role.LEAD_INSPECTOR),
    }


def test_every_role_plays_its_part_from_the_report_to_the_last_word(
    live_server: LiveServer, page: Page, settings: Any
) -> None:
    settings.SITE_URL = live_server.url
    complaints, cast = listen(page), people()
    stage = Stage(page, live_server.url)

    operator_gives_the_lead_a_role(stage, cast["operator"])
    cast["lead"] = lead_chooses_a_password(stage)
    operator_names_a_delegate(stage, cast["operator"])
    report = SAMPLE.read_text(encoding="utf-8")
    administrator = cast["administrator"]
    administrator_imports_and_publishes(stage, administrator, report, published_on=in_days(-60))
    lead_responds_and_plans(stage, cast["lead"])
    owner_updates(stage, cast["owner"])
    delegate_works_on_behalf(stage, cast["delegate"])
    lead_slips_and_asks_for_help(stage, cast["lead"])
    regional_lead_decides(stage, cast["regional lead"])
    coordinator_responds_and_answers(stage, cast["co-ordinator"])
    lead_reports_complete(stage, cast["lead"])
    inspector_reviews_and_judges(stage, cast["inspector"])
    lead_inspector_closes(stage, cast["lead inspector"])
    report = report.replace("September 2024", "September 2026")
    administrator_imports_and_publishes(stage, administrator, report, published_on=in_days(0))
    lead_inspector_carries_forward(stage, cast["lead inspector"])

    assert [each for each in complaints if "status of 403" not in each] == []
    closures = RecommendationProgress.objects.exclude(closure="").values_list("closure", flat=True)
    assert sorted(closures) == ["achieved", "carried_forward"]
    assert verify_log().holds


def operator_gives_the_lead_a_role(stage: Stage, operator: User) -> None:
    stage.enter(operator)
    assert "Recommendations" not in stage.reads()
    assert stage.go(LIST) == 403
    stage.go(f"{MEMBERSHIPS}add/")
    stage.types("Email address of the person", "lena@tracker.example")
    stage.types("First name", "Lena")
    stage.types("Last name", "Lead")
    stage.ticks("PDU lead")
    stage.page.get_by_label("Provider").select_option(label=UNIT)
    stage.sends("Give the role", "An invitation is on its way to lena@tracker.example")


def lead_chooses_a_password(stage: Stage) -> User:
    stage.page.context.clear_cookies()
    link = next(word for word in str(mail.outbox[-1].body).split() if "/reset/key/" in word)
    stage.page.goto(link)
    stage.page.get_by_label("New Password", exact=True).fill(PASSWORD)
    stage.page.get_by_label("New Password (again)").fill(PASSWORD)
    stage.page.get_by_role("button", name="Save password").click()
    stage.go("/accounts/login/")
    stage.page.get_by_label("Username or email address").fill("lena@tracker.example")
    stage.page.get_by_label("Password").fill(PASSWORD)
    stage.page.get_by_role("button", name="Sign in").click()
    expect(stage.page.get_by_text("Nothing waits for you.")).to_be_visible()
    return User.objects.get(email="lena@tracker.example")


def operator_names_a_delegate(stage: Stage, operator: User) -> None:
    stage.enter(operator)
    stage.go(f"{MEMBERSHIPS}delegate/")
    stage.types("Email address of the person", "dee-delegate@tracker.example")
    stage.types("First name", "Dee")
    stage.types("Last name", "Delegate")
    stage.page.get_by_role("combobox").select_option(label=f"Lena Lead, {UNIT}")
    stage.dates("Last day", in_days(60))
    stage.sends("Name the delegate", "Dee Delegate")


def administrator_imports_and_publishes(
    stage: Stage, administrator: User, report: str, *, published_on: date
) -> None:
    stage.enter(administrator)
    stage.go("/admin/inspections/inspection/import/")
    stage.page.get_by_label("Or the text of the page, pasted").fill(report)
    stage.page.get_by_role("button", name="Import", exact=True).click()
    stage.page.get_by_label("Publication date").first.fill(published_on.isoformat())
    stage.page.get_by_role("button", name="Save and go on to publishing").click()
    expect(stage.page.get_by_text(f"6 recommendations for {UNIT}")).to_be_visible()
    stage.sends("Publish now", "Published. Its recommendations are open")
    stage.speak_of(1)
    assert "Correct the wording" in stage.offered()
    stage.cannot("judge-progress")
    stage.cannot("respond")


def lead_responds_and_plans(stage: Stage, lead: User) -> None:
    stage.enter(lead)
    stage.follows("6 Awaiting response", rows=6)
    stage.speak_of(1)
    stage.opens("Respond")
    stage.ticks("Agreed: all of the recommendation")
    stage.sends("Record the response", "The response is recorded.")
    stage.opens("Plan an action")
    stage.types("What will be done", "Read every plan before it is signed off")
    stage.page.get_by_label("Owner").select_option(label="Owen Owner")
    stage.types("Delivered by", "Middle managers")
    stage.dates("Target date", in_days(30))
    stage.sends("Plan the action", "The action is planned.")
    assert not {"Judge progress", "Close the recommendation"} & stage.offered()
    stage.cannot("judge-progress")
    stage.cannot("close-recommendation")
    stage.cannot("decide-target-date-extension")


def owner_updates(stage: Stage, owner: User) -> None:
    stage.enter(owner)
    stage.speak_of(1)
    assert "Plan an action" not in stage.offered()
    assert "Plan an action, for sign-off" in stage.offered()
    stage.cannot("judge-progress")
    stage.opens("Record an update")
    stage.types("What was done", "Twelve of twenty plans were read.")
    stage.ticks("Read every plan")
    stage.sends("Record the update", "The update is recorded.")


def delegate_works_on_behalf(stage: Stage, delegate: User) -> None:
    stage.enter(delegate)
    stage.speak_of(1)
    assert "Escalate" not in stage.offered()
    stage.cannot("raise-escalation")
    stage.opens("Attach evidence")
    stage.types("What it is", "Dip sample of plans")
    stage.types("Or its web address", "https://intranet.example/sample")
    stage.types("The day it speaks of", str(timezone.localdate()))
    stage.sends("Attach the evidence", "The evidence is attached.")
    event = Event.objects.latest("position")
    assert (event.actor_name, event.on_behalf_of_name) == ("Dee Delegate", "Lena Lead")
    assert "on behalf of Lena Lead" in stage.reads()


def lead_slips_and_asks_for_help(stage: Stage, lead: User) -> None:
    stage.enter(lead)
    stage.speak_of(1)
    stage.opens("Move a target date")
    stage.dates("New target date", in_days(60))
    stage.types("Why the date moves", "A vacancy")
    stage.sends("Move the date", "The target date is moved.")
    assert "Move a target date" not in stage.offered()
    stage.opens("Ask for more time")
    stage.dates("Date asked for", in_days(90))
    stage.types("Why more time is needed", "The vacancy is not filled")
    stage.sends("Ask for more time", "More time is asked for")
    for whom in ("Regional lead", "HMPPS co-ordinator"):
        stage.opens("Escalate")
        stage.ticks(whom)
        stage.types("What you ask", f"Help from the {whom}")
        stage.dates("Reply by", in_days(14))
        stage.sends("Escalate", "The escalation is recorded.")


def regional_lead_decides(stage: Stage, regional_lead: User) -> None:
    stage.enter(regional_lead)
    stage.follows("1 More time to decide", rows=1)
    stage.speak_of(1)
    stage.cannot("record-progress-update")
    stage.cannot("judge-progress")
    stage.opens("Decide a request for more time")
    stage.ticks("Give the time")
    stage.sends("Record the decision", "The decision is recorded.")
    stage.opens("Answer an escalation")
    stage.types("Answer", "A manager is lent from May.")
    stage.sends("Record the answer", "The answer is recorded.")
    assert "Answer an escalation" not in stage.offered()  # the other is not theirs


def coordinator_responds_and_answers(stage: Stage, coordinator: User) -> None:
    stage.enter(coordinator)
    stage.speak_of(1)
    stage.opens("Answer an escalation")
    stage.types("Answer", "The post may be advertised.")
    stage.sends("Record the answer", "The answer is recorded.")
    stage.speak_of(2)
    stage.cannot("plan-action")
    stage.opens("Respond")
    stage.ticks("Partly agreed")
    stage.types("Reasons", "The first half, for the second is not affordable.")
    stage.sends("Record the response", "The response is recorded.")


def lead_reports_complete(stage: Stage, lead: User) -> None:
    stage.enter(lead)
    stage.speak_of(1)
    assert "Report the recommendation complete" not in stage.offered()
    stage.opens("Report an action complete")
    stage.sends("Report the action complete", "The action is reported complete.")
    stage.opens("Report the recommendation complete")
    stage.types("What has been achieved", "Every plan is read.")
    stage.sends("Report it complete", "The recommendation is reported complete.")


def inspector_reviews_and_judges(stage: Stage, inspector: User) -> None:
    stage.enter(inspector)
    stage.follows("1 Reported complete, not reviewed", rows=1)
    stage.speak_of(1)
    stage.cannot("record-progress-update")
    stage.opens("Start a review")
    stage.sends("Start the review", "The review is started.")
    stage.opens("Judge progress")
    stage.ticks("Sufficient progress")
    stage.types("Rationale", "Our own sample agrees.")
    stage.sends("Record the judgement", "The judgement is recorded.")
    assert "Close the recommendation" not in stage.offered()
    stage.cannot("close-recommendation")


def lead_inspector_closes(stage: Stage, lead_inspector: User) -> None:
    stage.enter(lead_inspector)
    stage.speak_of(1)
    stage.cannot("respond")
    stage.opens("Close the recommendation")
    stage.page.get_by_label("Achieved", exact=True).check()
    stage.types("Why it is closed", "It is done.")
    stage.sends("Close it", "The recommendation is closed.")
    stage.speak_of(2)
    assert "Carry forward" not in stage.offered()  # there is no later report yet


def lead_inspector_carries_forward(stage: Stage, lead_inspector: User) -> None:
    stage.enter(lead_inspector)
    stage.speak_of(2)
    stage.opens("Carry forward")
    stage.page.get_by_role("checkbox").first.check()
    stage.types("Why it is carried forward", "The second report asks for the same.")
    stage.sends("Carry it forward", "The recommendation is closed as carried forward.")
    assert stage.offered() <= {"Reopen the recommendation", "Confirm a recurrence"}
