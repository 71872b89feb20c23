"""One recommendation while the rows of a file about it are planned: what stands, what would come.

Each row is planned upon what the rows before it would do. Nothing is written.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import Any
from uuid import UUID

from inspections.models import Membership
from inspections.person_names import person_name
from tracker.domain import commands as c
from tracker.domain.decide import decide
from tracker.domain.evolve import fold
from tracker.domain.state import RecommendationState
from tracker.domain.vocabulary import Role
from tracker.exchange.action_plans.owners import Person
from tracker.exchange.action_plans.scope import situations_in
from tracker.exchange.action_plans.texts import Answer, alike, alike_wording
from tracker.exchange.kinds import Parameters
from tracker.models import ActionProgress, Draft
from tracker.queries.labels import REDACTED
from tracker.queries.permitted import Situation


@dataclass(slots=True, kw_only=True)
class Subject:
    """A recommendation, its people and actions, and what earlier rows of the file would change.

    `wordings` are those that it goes by, to be compared. `untold` are the recorded actions that no
    row of the file has spoken of yet, by their descriptions, to be compared; `submitted` the drafts
    of this person that wait for signatures.
    """

    situation: Situation
    role: Role | None
    wordings: frozenset[str]
    people: Mapping[int, Person]
    untold: dict[str, list[ActionProgress]]
    submitted: Sequence[Draft]
    state: RecommendationState
    answer: Answer | None = None
    """What an earlier row of the file answers."""
    answer_is_submitted: bool = False
    said: dict[tuple[str, ...], int] = field(default_factory=dict)
    """What rows of the file say, each with the first row that says it."""
    planned: int = 0

    @property
    def number(self) -> int:
        return self.situation.recommendation.number

    @property
    def provider_name(self) -> str:
        return self.situation.recommendation.addressee.name

    def goes_to_sign_off(self, command_type: type[c.Command]) -> bool:
        """Say whether others sign such a command of this person before it is recorded."""
        return (
            self.role is not None and self.situation.signatures_needed(command_type, self.role) > 0
        )

    def rehearse(self, command: c.Command, *, is_certain: bool) -> None:
        """Ask the rules what they would say after the rows before. Raises: CommandRejected."""
        assert self.role is not None  # noqa: S101 - whoever has no role here is refused before
        self.planned += 1
        now = self.situation.capacities[self.role]
        if not self.situation.roles_that_hold(type(command)) and self._prepares(command):
            giver = Role.REGIONAL_LEAD if now.addressed_to_region else Role.PDU_LEAD
            now = replace(now, role=giver)
        events = decide(command, self.state, replace(now, new_id=UUID(int=self.planned)))
        if is_certain and not self.goes_to_sign_off(type(command)):
            self.state = fold(events, self.state)

    def _prepares(self, command: c.Command) -> bool:
        return bool(self.situation.roles_that_prepare(type(command)))


def subjects_for(person: Any, parameters: Parameters, today: date) -> Mapping[int, Subject]:
    """Return the recommendations of the plan by number; the queries do not grow with them."""
    situations = situations_in(parameters, person, today)
    actions = _actions_of(situations)
    people = _people_of(situations.values(), actions, today)
    drafts = _drafts_of(person, situations)
    return {
        each.recommendation.number: Subject(
            situation=each,
            role=_role(each),
            people=people,
            wordings=_wordings(each),
            untold=_by_description(actions[pk]),
            submitted=drafts[pk],
            state=each.state,
        )
        for pk, each in situations.items()
    }


def _wordings(situation: Situation) -> frozenset[str]:
    progress = situation.progress
    texts = (progress.wording, progress.wording_cy, situation.recommendation.text)
    return frozenset(alike_wording(text) for text in texts if text)


def _by_description(actions: Iterable[ActionProgress]) -> dict[str, list[ActionProgress]]:
    found: dict[str, list[ActionProgress]] = defaultdict(list)
    for action in actions:
        found[alike(action.description or REDACTED)].append(action)
    return found


def _role(situation: Situation) -> Role | None:
    """Return the role that does most of what a plan asks: plans, prepares, or answers alone."""
    roles = (
        situation.roles_that_hold(c.PlanAction)
        or situation.roles_that_prepare(c.PlanAction)
        or situation.roles_that_hold(c.Respond)
    )
    return min(roles, key=list(Role).index, default=None)


def _actions_of(ids: Iterable[int]) -> Mapping[int, list[ActionProgress]]:
    found: dict[int, list[ActionProgress]] = defaultdict(list)
    rows = ActionProgress.objects.filter(recommendation__in=list(ids)).select_related("accountable")
    for action in rows.order_by("recommendation", "planned_version", "action_id"):
        found[action.recommendation_id].append(action)
    return found


def _drafts_of(person: Any, ids: Iterable[int]) -> Mapping[int, list[Draft]]:
    found: dict[int, list[Draft]] = defaultdict(list)
    submitted = Draft.objects.pending().filter(author=person.pk, state=Draft.State.SUBMITTED)
    for draft in submitted.filter(recommendation__in=list(ids)).order_by("pk"):
        found[draft.recommendation_id].append(draft)
    return found


def _people_of(
    situations: Iterable[Situation], actions: Mapping[int, list[ActionProgress]], today: date
) -> Mapping[int, Person]:
    """Return the provider's people by id, and those who own an action and have left."""
    providers = {each.recommendation.addressee_id for each in situations}
    current = Membership.objects.current(today).filter(provider__in=providers, user__is_active=True)
    members = {each.user_id: each.user for each in current.select_related("user").order_by("pk")}
    owners = {each.accountable_id: each.accountable for each in chain(*actions.values())}
    return {
        pk: Person(
            id=pk, name=person_name(user), email=user.email or "", has_left=pk not in members
        )
        for pk, user in {**owners, **members}.items()
    }
