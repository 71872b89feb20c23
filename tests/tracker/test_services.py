"""One command in, events out, in one transaction: access, idempotency, staleness, projection."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from inspections.models import Inspection, Membership, Provider, Recommendation
from tests.drafting import submitted
from tests.world import make_inspection, make_provider, make_recommendation, make_user
from tracker import event_store, services
from tracker.domain import commands as c
from tracker.domain.rejection import CommandRejected, NotPermitted
from tracker.domain.vocabulary import Channel, RedactionReason, Response, Role
from tracker.event_store import StaleVersion
from tracker.models import Event, RecommendationProgress
from tracker.projections import rebuild
from tracker.queries.permitted import find_situation

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection() -> Inspection:
    return make_inspection(make_provider("Northmarch PDU"))


@pytest.fixture
def recommendation(inspection: Inspection) -> Recommendation:
    recommendation = make_recommendation(inspection)
    publish(inspection)
    return recommendation


@pytest.fixture
def lead(inspection: Inspection) -> User:
    return make_user("Lena Lead", Role.PDU_LEAD, inspection.provider)


def publish(inspection: Inspection) -> None:
    administrator = make_user("Hal Administrator", Role.HMIP_ADMINISTRATOR)
    services.open_streams(inspection=inspection, actor=administrator, now=NOW)


def give(
    command: c.Command, recommendation: Recommendation, actor: User, **changes: Any
) -> services.Receipt:
    details: dict[str, Any] = {
        "recommendation_id": recommendation.pk,
        "expected_version": 1,
        "actor": actor,
        "acting_role": Role.PDU_LEAD,
        "channel": Channel.ADMIN,
        "now": NOW,
        "idempotency_key": "first",
        **changes,
    }
    return services.execute(command, **details)


AGREE = c.Respond(response=Response.AGREED)


def test_publication_opens_one_stream_per_recommendation_with_the_response_due_in_28_days(
    inspection: Inspection,
) -> None:
    first, second = make_recommendation(inspection), make_recommendation(inspection)
    publish(inspection)
    progress = RecommendationProgress.objects.in_bulk()
    assert set(progress) == {first.pk, second.pk}
    assert progress[first.pk].version == 1
    assert progress[first.pk].response_due_on == date(2026, 9, 29)


def test_a_command_appends_an_event_and_moves_the_read_model(
    recommendation: Recommendation, lead: User
) -> None:
    receipt = give(AGREE, recommendation, lead)
    progress = RecommendationProgress.objects.get(pk=recommendation.pk)
    assert (receipt.version, progress.version, progress.response) == (2, 2, "agreed")
    (event,) = receipt.events
    assert (event.actor_name, event.actor_role, event.channel) == (
        "Lena Lead",
        "pdu_lead",
        "admin",
    )


def test_the_same_request_twice_is_carried_out_once_and_answered_the_same(
    recommendation: Recommendation, lead: User
) -> None:
    first = give(AGREE, recommendation, lead)
    again = give(AGREE, recommendation, lead)
    assert again.replayed
    assert not first.replayed
    assert [event.event_id for event in again.events] == [event.event_id for event in first.events]
    assert Event.objects.count() == 2


def test_a_key_used_for_something_else_is_refused(
    recommendation: Recommendation, lead: User
) -> None:
    give(AGREE, recommendation, lead)
    other = c.ReviewWithoutChange(note="Nothing to add.")
    with pytest.raises(services.KeyReused):
        give(other, recommendation, lead, expected_version=2)


def test_another_person_may_use_the_same_key(
    recommendation: Recommendation, inspection: Inspection, lead: User
) -> None:
    give(AGREE, recommendation, lead)
    colleague = make_user("Nia Neighbour", Role.PDU_LEAD, inspection.provider)
    note = c.ReviewWithoutChange(note="Checked.")
    receipt = give(note, recommendation, colleague, expected_version=2)
    assert receipt.version == 3


def test_a_stale_version_is_refused_and_nothing_is_written(
    recommendation: Recommendation, lead: User
) -> None:
    give(AGREE, recommendation, lead)
    with pytest.raises(StaleVersion) as refusal:
        give(AGREE, recommendation, lead, idempotency_key="second")
    assert (refusal.value.expected_version, refusal.value.actual_version) == (1, 2)
    assert Event.objects.count() == 2


def test_a_rule_that_refuses_leaves_nothing_behind(
    recommendation: Recommendation, lead: User
) -> None:
    with pytest.raises(CommandRejected):
        give(c.ReportRecommendationComplete(statement="Done."), recommendation, lead)
    assert Event.objects.count() == 1
    assert RecommendationProgress.objects.get(pk=recommendation.pk).version == 1


def test_what_is_not_theirs_does_not_exist_for_them(recommendation: Recommendation) -> None:
    stranger = make_user("Sam Stranger", Role.PDU_LEAD, make_provider("Southmarch PDU"))
    with pytest.raises(services.RecommendationNotFound) as foreign:
        give(AGREE, recommendation, stranger)
    with pytest.raises(services.RecommendationNotFound) as missing:
        give(AGREE, Recommendation(pk=recommendation.pk + 1000), stranger)
    assert str(foreign.value) == str(missing.value)


def test_a_role_that_is_not_held_cannot_be_acted_in(
    recommendation: Recommendation, lead: User
) -> None:
    with pytest.raises(NotPermitted):
        give(
            c.JudgeProgress(judgement="some_progress", rationale="Seen."),
            recommendation,
            lead,
            acting_role=Role.INSPECTOR,
        )


def test_a_delegate_acts_on_behalf_of_the_lead(
    recommendation: Recommendation, inspection: Inspection, lead: User
) -> None:
    give(AGREE, recommendation, lead)
    delegate = make_user("Dan Delegate", Role.DELEGATE, inspection.provider, on_behalf_of=lead)
    update = c.RecordProgressUpdate(text="Sampling began.", occurred_on=NOW.date())
    receipt = give(update, recommendation, delegate, acting_role=Role.DELEGATE, expected_version=2)
    assert receipt.events[0].on_behalf_of_id == lead.pk
    assert receipt.events[0].on_behalf_of_name == "Lena Lead"


def test_one_command_for_several_recommendations_is_all_or_nothing(
    inspection: Inspection, lead: User
) -> None:
    first, second = make_recommendation(inspection), make_recommendation(inspection)
    publish(inspection)
    give(AGREE, second, lead)
    with pytest.raises(StaleVersion):
        services.execute_together(
            [AGREE],
            targets={first.pk: 1, second.pk: 1},
            actor=lead,
            acting_role=Role.PDU_LEAD,
            channel=Channel.ADMIN,
            now=NOW,
            idempotency_key="both",
        )
    assert RecommendationProgress.objects.get(pk=first.pk).version == 1


def test_commands_given_together_share_a_correlation_id(inspection: Inspection, lead: User) -> None:
    first, second = make_recommendation(inspection), make_recommendation(inspection)
    publish(inspection)
    receipts = services.execute_together(
        [AGREE],
        targets={first.pk: 1, second.pk: 1},
        actor=lead,
        acting_role=Role.PDU_LEAD,
        channel=Channel.ADMIN,
        now=NOW,
        idempotency_key="both",
    )
    assert len({event.correlation_id for receipt in receipts for event in receipt.events}) == 1


def test_recommendations_of_two_inspections_are_not_answered_together(
    recommendation: Recommendation, inspection: Inspection, lead: User
) -> None:
    earlier = make_inspection(inspection.provider, published_on=date(2023, 9, 1))
    other = make_recommendation(earlier)
    with pytest.raises(CommandRejected) as refusal:
        services.execute_together(
            [AGREE],
            targets={recommendation.pk: 1, other.pk: 1},
            actor=lead,
            acting_role=Role.PDU_LEAD,
            channel=Channel.ADMIN,
            now=NOW,
            idempotency_key="both",
        )
    assert refusal.value.code == "several_inspections"


def test_a_key_used_for_more_recommendations_than_before_is_refused_and_nothing_is_written(
    inspection: Inspection, lead: User
) -> None:
    first, second = make_recommendation(inspection), make_recommendation(inspection)
    publish(inspection)
    give(AGREE, first, lead)
    with pytest.raises(services.KeyReused):
        services.execute_together(
            [AGREE],
            targets={first.pk: 2, second.pk: 1},
            actor=lead,
            acting_role=Role.PDU_LEAD,
            channel=Channel.ADMIN,
            now=NOW,
            idempotency_key="first",
        )
    assert RecommendationProgress.objects.get(pk=second.pk).version == 1


def transfer(recommendation: Recommendation, successor: Provider) -> services.Receipt:
    return give(
        c.TransferRecommendation(to_provider_id=successor.pk, reason="The units were merged."),
        recommendation,
        User.objects.get(first_name="Hal"),
        acting_role=Role.HMIP_ADMINISTRATOR,
    )


def test_a_transfer_takes_back_what_was_submitted_at_the_former_provider(
    recommendation: Recommendation, inspection: Inspection, lead: User
) -> None:
    assert lead.is_active  # who signs
    owner = make_user("Ola Owner", Role.ACTION_OWNER, inspection.provider)
    draft = submitted(recommendation, owner, Role.ACTION_OWNER)
    successor = make_provider("Northmarch and Southmarch PDU")
    merge(inspection.provider, successor)
    transfer(recommendation, successor)
    draft.refresh_from_db()
    assert (draft.state, bool(draft.values)) == ("preparing", True)


def merge(unit: Provider, successor: Provider) -> None:
    unit.successor, unit.succeeded_on = successor, date(2026, 11, 1)
    unit.save()


def test_a_recommendation_goes_to_the_successor_on_record_and_to_nobody_else(
    recommendation: Recommendation, inspection: Inspection
) -> None:
    successor = make_provider("Northmarch and Southmarch PDU")
    with pytest.raises(CommandRejected):
        transfer(recommendation, successor)
    merge(inspection.provider, successor)
    transfer(recommendation, successor)
    recommendation.refresh_from_db()
    assert recommendation.addressee == successor


def test_two_bodies_with_one_recommendation_that_merge_do_not_answer_for_it_twice(
    inspection: Inspection,
) -> None:
    other = make_provider("Southmarch PDU")
    first = make_recommendation(inspection)
    second = make_recommendation(inspection, number=first.number, addressee=other)
    publish(inspection)
    successor = make_provider("Northmarch and Southmarch PDU")
    for unit in (inspection.provider, other):
        merge(unit, successor)
    transfer(first, successor)
    with pytest.raises(CommandRejected) as refusal:
        transfer(second, successor)
    assert refusal.value.code == "successor_answers_already"


def test_a_transfer_does_not_make_a_judge_of_those_whose_work_it_is(
    recommendation: Recommendation, inspection: Inspection
) -> None:
    colleague = make_user("Cora Changer", Role.INSPECTOR)
    Membership.objects.create(
        user=colleague,
        provider=inspection.provider,
        role=Role.ACTION_OWNER,
        starts_on=date(2020, 1, 1),
        ends_on=date(2021, 1, 1),
    )
    successor = make_provider("Northmarch and Southmarch PDU")
    merge(inspection.provider, successor)
    transfer(recommendation, successor)
    with pytest.raises(NotPermitted) as refusal:
        give(
            c.StartReview(),
            recommendation,
            colleague,
            acting_role=Role.INSPECTOR,
            expected_version=2,
        )
    assert refusal.value.code == "own_homework"


def test_whoever_answers_for_hmpps_and_inspects_as_well_does_not_judge_the_answer(
    recommendation: Recommendation,
) -> None:
    """The two roles are held nationally, so no membership of a provider tells of it."""
    both = make_user("Bo Both", Role.HMPPS_COORDINATOR)
    Membership.objects.create(user=both, role=Role.INSPECTOR, starts_on=date(2024, 1, 1))
    give(AGREE, recommendation, both, acting_role=Role.HMPPS_COORDINATOR)
    Membership.objects.filter(role=Role.HMPPS_COORDINATOR).update(ends_on=date(2024, 2, 1))
    with pytest.raises(NotPermitted) as refusal:
        give(
            c.StartReview(),
            recommendation,
            both,
            acting_role=Role.INSPECTOR,
            expected_version=2,
            idempotency_key="review",
        )
    assert refusal.value.code == "own_homework"
    situation = find_situation(both, recommendation.pk, NOW.date())
    assert situation is not None
    assert not situation.is_offered(c.StartReview)


def test_a_redaction_takes_the_text_out_of_log_and_read_models_and_both_still_agree(
    recommendation: Recommendation, lead: User
) -> None:
    give(AGREE, recommendation, lead)
    update = c.RecordProgressUpdate(text="CANARY name", occurred_on=NOW.date())
    recorded = give(update, recommendation, lead, expected_version=2, idempotency_key="2").events[0]
    administrator = User.objects.get(first_name="Hal")
    give(
        c.RedactPersonalData(
            event_id=recorded.event_id,
            reason=RedactionReason.PERSONAL_DATA_OF_PERSON_ON_PROBATION,
        ),
        recommendation,
        administrator,
        acting_role=Role.HMIP_ADMINISTRATOR,
        expected_version=3,
    )
    fetched = event_store.fetch(recorded.event_id)
    assert fetched is not None
    assert fetched.redacted
    assert RecommendationProgress.objects.get(pk=recommendation.pk).latest_update == ""
    assert [differences for _, differences in rebuild(check_only=True)] == [[]]
