"""The world of the matrix: a unit and its people, and three places full of canaries.

The own unit has a released report, and besides a draft and an embargoed one that nobody there
may know of. The foreign unit lies in another region, and every text of it holds a canary.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.test import Client

from inspections.models import (
    AccuracyNote,
    Finding,
    ImportIssue,
    Inspection,
    KeyQuestion,
    KeyQuestionResult,
    Membership,
    Provider,
    ReinspectionNotice,
    ReportSource,
    Standard,
    StandardRating,
    Theme,
)
from tests.drafting import typed
from tests.evidence_files import attaching, bring
from tests.permissions import people
from tests.permissions.door import DRAFT, EMBARGOED, FOREIGN, MISSING, OWN
from tests.permissions.people import Canary
from tests.permissions.telling import tell_everything
from tests.tracker.exchange.sheets import exported, open_lines, previewed, update
from tests.tracker.story import NOW, TODAY, Story
from tests.world import PASSWORD, make_inspection, make_provider, make_recommendation, make_user
from tracker.api_tokens import issue_token
from tracker.domain import commands as c
from tracker.domain.vocabulary import Role
from tracker.models import BulkResult, Draft, EvidenceFile, Practice, Reminder, SignOffLevel
from tracker.services import drafting
from tracker.services.sign_off import set_sign_off

NO_SUCH_ID = 987_654
DEEDS = {
    "result for actions": "report-actions-complete",
    "result for recommendations": "reviewed-no-change",
}


@dataclass(frozen=True, kw_only=True)
class World:
    """Who is there, and the ids of each kind of thing: the own, the foreign, the unreleased."""

    accounts: Mapping[str, User]
    things: Mapping[str, Mapping[str, Any]]

    @cached_property
    def clients(self) -> Mapping[str, Client]:
        """A client for every person of the cast."""
        found = dict(self._arriving(enforce_csrf_checks=False))
        for name, owner in ((people.TOKEN, Role.PDU_LEAD), (people.TOKEN_OF_NOBODY, people.FORMER)):
            token = issue_token(user=self.accounts[owner])
            found[name] = Client(headers={"authorization": f"Bearer {token}"})
        return {people.ANONYMOUS: Client(), **found}

    @cached_property
    def clients_held_to_csrf(self) -> Mapping[str, Client]:
        """A client for everybody without a token of the API, who sends none against forgery."""
        stranger = Client(enforce_csrf_checks=True)
        return {people.ANONYMOUS: stranger, **dict(self._arriving(enforce_csrf_checks=True))}

    def _arriving(self, **how: Any) -> Iterator[tuple[str, Client]]:
        for person, user in self.accounts.items():
            client = Client(**how)
            client.force_login(user)
            yield person, client


def build() -> World:
    """Make it all. The clock must stand at the story's `NOW`."""
    own = Story("Northmarch PDU", inspection=_report(make_provider("Northmarch PDU"), "Plain"))
    foreign = _foreign()
    draft = _unreleased(own, Canary.DRAFT_TEXT, Inspection.State.DRAFT)
    other = make_provider(f"{Canary.DRAFT_NAME} Services", kind=Provider.Kind.YOUTH_JUSTICE_SERVICE)
    Provider.objects.filter(pk=other.pk).update(is_proposed=True)
    make_recommendation(draft, text=Canary.DRAFT_TEXT, addressee=other)
    embargoed = _unreleased(own, Canary.EMBARGOED_TEXT, Inspection.State.EMBARGOED)
    accounts = _cast(own)
    embargoed.named_readers.add(accounts[people.NAMED_READER])
    tell_everything(own, "plain words")
    tell_everything(foreign, Canary.FOREIGN_TEXT)
    reports = {
        OWN: own.inspection,
        FOREIGN: foreign.inspection,
        DRAFT: draft,
        EMBARGOED: embargoed,
        MISSING: None,
    }
    pair = {OWN: own, FOREIGN: foreign}
    things: dict[str, dict[str, Any]] = {
        "inspection": {name: each and each.pk for name, each in reports.items()},
        "accuracy": {name: each and each.pk for name, each in reports.items()},
        "accuracy note": {
            name: each and _noted(each, own.administrator) for name, each in reports.items()
        },
        "source": {name: each and each.source_id for name, each in reports.items()},
        "recommendation": {
            name: each and each.recommendations.order_by("pk")[0].pk
            for name, each in reports.items()
        },
        "notice": {name: _notice(story, name).pk for name, story in pair.items()},
        "provider": {DRAFT: other.pk, **{name: story.unit.pk for name, story in pair.items()}},
        "membership": {
            name: Membership.objects.get(user=story.lead).pk for name, story in pair.items()
        },
        "account": {name: story.lead.pk for name, story in pair.items()},
        "sign-off": {name: _sign_off(story).pk for name, story in pair.items()},
        "evidence file": {
            OWN: _evidence_file(own, "plain words"),
            FOREIGN: _evidence_file(foreign, Canary.FOREIGN_TEXT),
        },
        "kept draft": {
            OWN: _kept(own, Canary.KEPT_TEXT).pk,
            FOREIGN: _kept(foreign, Canary.FOREIGN_TEXT).pk,
        },
        "framework": {OWN: own.inspection.framework_id},
        "standard": {OWN: Standard.objects.order_by("pk")[0].pk},
        "theme": {OWN: Theme.objects.order_by("pk")[0].pk},
        "practice": {OWN: Practice.objects.get().pk},
    }
    things["released recommendation"] = things["recommendation"]
    for each in things.values():
        each[MISSING] = NO_SUCH_ID
    for name, story in pair.items():
        things.setdefault("export", {MISSING: UUID(int=NO_SUCH_ID)})[name] = _export(story)
        things.setdefault("import", {MISSING: UUID(int=NO_SUCH_ID)})[name] = _import(story)
    things["evidence file"][MISSING] = UUID(int=NO_SUCH_ID)
    for name, deed in DEEDS.items():
        things[name] = {each: _result(story, deed) for each, story in pair.items()}
        things[name][MISSING] = UUID(int=NO_SUCH_ID)
    return World(accounts=accounts, things=things)


def _foreign() -> Story:
    region = make_provider(f"{Canary.FOREIGN_NAME} Region", kind=Provider.Kind.REGION)
    unit = make_provider(f"{Canary.FOREIGN_NAME} PDU", region=region)
    report = _report(unit, Canary.FOREIGN_TEXT)
    story = Story(unit.name, inspection=report, lead=f"Lena {Canary.FOREIGN_NAME}")
    make_user(f"Rhys {Canary.FOREIGN_NAME}", Role.REGIONAL_LEAD, region)
    return story


def _report(unit: Provider, text: str, **fields: Any) -> Inspection:
    """Return an inspection every text of which is `text`, with two recommendations."""
    source = ReportSource.objects.create(
        sha256=f"{text:0>64}"[-64:], format="text", text=text, lines={text: [1, 1]}, received_at=NOW
    )
    ImportIssue.objects.create(source=source, field="title", severity="warning", message=text)
    inspection = make_inspection(
        unit, title=text, source=source, lead_inspector=text, score=3, score_max=21, **fields
    )
    for number in (1, 2):
        make_recommendation(inspection, number=number, text=f"{text} {number}")
    standard = Standard.objects.filter(framework=inspection.framework).order_by("pk")[0]
    StandardRating.objects.create(inspection=inspection, standard=standard, wording=text)
    questions = KeyQuestion.objects.filter(standard__framework=inspection.framework)
    KeyQuestionResult.objects.create(
        inspection=inspection, key_question=questions.order_by("pk")[0], text=text, percent=40
    )
    Finding.objects.create(
        inspection=inspection, standard=standard, kind="strength", ordinal=1, text=text
    )
    return inspection


def _unreleased(own: Story, text: str, state: str) -> Inspection:
    """Return a report on the own unit, which would like nothing better than to read it."""
    return _report(own.unit, text, state=state, provider_name=text, published_on=TODAY)


def _noted(inspection: Inspection, author: User) -> int:
    """Return a note on the report that says its text again."""
    details = {"noted_at": NOW, "key": uuid4(), "line": 1, "quoted": inspection.title}
    claim = {"claim": inspection.title, "should_say": "Plain words"}
    return AccuracyNote.objects.create(
        inspection=inspection, noted_by=author, **details, **claim
    ).pk


def _sign_off(story: Story) -> SignOffLevel:
    return set_sign_off(provider=story.unit, levels=0, by=story.lead, now=NOW)


def _evidence_file(story: Story, text: str) -> UUID:
    """Return a file that stands as evidence; the text is in its content and in its name."""
    file = bring(story, text.encode(), f"{text}.txt")
    EvidenceFile.objects.filter(pk=file.pk).update(state=EvidenceFile.State.CLEAN)
    story.tell(attaching(file, text))
    return file.pk


def _kept(story: Story, text: str) -> Draft:
    """Return what the unit's lead is preparing."""
    form = typed(story.recommendation, c.RecordProgressUpdate, values={"text": [text]})
    return drafting.keep(form, author=story.lead, now=NOW)


def _notice(story: Story, name: str) -> ReinspectionNotice:
    text = Canary.FOREIGN_TEXT if name == FOREIGN else "plain words"
    Reminder.objects.create(
        recommendation=story.recommendation,
        rule="response_due",
        for_date=TODAY,
        step=7,
        recipient=story.lead,
        due_on=TODAY,
        state=Reminder.State.FAILED,
        next_attempt_at=NOW,
        settled_at=NOW,
        last_error=text,
    )
    return ReinspectionNotice.objects.create(
        provider=story.unit,
        kind=ReinspectionNotice.Kind.ANNOUNCED,
        starts_on=TODAY + timedelta(days=200),
        note=text,
        noted_at=NOW,
        noted_by=story.inspector,
    )


def _result(story: Story, deed: str) -> UUID:
    """Keep what became of a deed for many rows; the lead of the story gave it."""
    rows = [{"id": "1", "recommendation": story.recommendation.pk, "why": f"Of {story.unit.name}"}]
    details = {"key": uuid4(), "deed": deed, "given_at": NOW, "rows": rows}
    return BulkResult.objects.create(person=story.lead, **details).key


def _export(story: Story) -> UUID:
    """Return the open actions of the story's lead as a workbook, made and not fetched yet."""
    job = exported(story.lead)
    assert job.stored_as, job.reason
    return job.pk


def _import(story: Story) -> UUID:
    """Return a sheet that the story's lead has filled in and not confirmed."""
    return previewed(
        story.lead, [update(line, story.unit.name) for line in open_lines(story.lead)]
    ).pk


def _cast(own: Story) -> dict[str, User]:
    unit = own.unit
    yesterday = TODAY - timedelta(days=1)
    return {
        Role.PDU_LEAD: own.lead,
        Role.DELEGATE: make_user("Dee Delegate", Role.DELEGATE, unit, on_behalf_of=own.lead),
        Role.ACTION_OWNER: make_user("Owen Owner", Role.ACTION_OWNER, unit),
        Role.REGIONAL_LEAD: make_user("Rhys Region", Role.REGIONAL_LEAD, unit.region),
        Role.HMPPS_COORDINATOR: make_user("Cai Coordinator", Role.HMPPS_COORDINATOR),
        Role.INSPECTOR: make_user("Ina Inspector", Role.INSPECTOR),
        Role.LEAD_INSPECTOR: own.inspector,
        Role.HMIP_ADMINISTRATOR: own.administrator,
        people.NAMED_READER: make_user("Nia Named", Role.INSPECTOR),
        people.OPERATOR: User.objects.create_superuser("operator", password=PASSWORD),
        people.FORMER: make_user("Fay Former", Role.PDU_LEAD, unit, ends_on=yesterday),
    }
