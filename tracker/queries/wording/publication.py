"""The words for what the Inspectorate published and changed about it."""

from typing import assert_never

from inspections.govuk_dates import govuk_date, govuk_period
from tracker.domain import events as e
from tracker.domain.vocabulary import KnownTo, Language
from tracker.queries.labels import label
from tracker.queries.wording.parts import Names, Wording, listed, worded

NOT_ASKED = "None was asked for: an older inspection, put on record afterwards"


def word_publication(event: e.PublicationEvent, names: Names) -> Wording:
    """Return the wording of an event of publication."""
    match event:
        case e.RecommendationPublished():
            return worded(
                "Recommendation published",
                ("Wording", event.wording),
                ("Published", _in_which_period(event)),
                ("Response due", govuk_date(event.response_due_on) or NOT_ASKED),
            )
        case e.RecommendationWordingCorrected():
            return _wording_corrected(event)
        case e.RecommendationBasisLinked():
            return _basis_linked(event, names)
        case e.PublicationWithdrawn():
            return worded("Publication withdrawn", ("Reason", event.reason))
        case e.RecommendationTransferred():
            return worded(
                "Recommendation transferred",
                ("From", names.providers.get(event.from_provider_id, "")),
                ("To", names.providers.get(event.to_provider_id, "")),
                ("Reason", event.reason),
            )
        case e.PersonalDataRedacted():
            return worded(
                "Text removed",
                ("Reason", label(event.reason).capitalize()),
                ("Authority", event.authority),
            )
        case _:
            assert_never(event)


def _in_which_period(event: e.RecommendationPublished) -> str:
    """Say what is known of the day, where it is not known to the day; "" where it is."""
    if event.known_to is KnownTo.DAY:
        return ""
    return f"In {govuk_period(event.occurred_on, event.known_to)}; the day is not known"


def _wording_corrected(event: e.RecommendationWordingCorrected) -> Wording:
    is_welsh = event.language is Language.WELSH
    return worded(
        "Welsh wording recorded" if is_welsh else "Wording corrected",
        ("Wording", event.wording),
        ("Reason", event.reason),
    )


def _basis_linked(event: e.RecommendationBasisLinked, names: Names) -> Wording:
    themes = (names.themes.get(code, code) for code in event.themes)
    findings = (names.findings.get(each, "") for each in event.findings)
    is_empty = not (event.standards or event.key_questions or event.findings or event.themes)
    return worded(
        "Basis linked",
        ("Standards", ", ".join(event.standards)),
        ("Key questions", ", ".join(event.key_questions)),
        ("Findings", listed(filter(None, findings))),
        ("Themes", ", ".join(themes)),
        ("Basis", "None any more" if is_empty else ""),
    )
