"""The JSON object has the names, the order and the forms that other programs rely on."""

import json

from inspections.report_parser import as_json_object
from tests.inspections.report_parser.report_texts import SAMPLE, doctored, parse, text_of

ISSUE_DATE = {
    "field": "published_on",
    "severity": "warning",
    "line": 7,
    "message": "The page gives no publication date; fill it in before the inspection is published.",
}


def test_names_and_order_are_fixed() -> None:
    said = as_json_object(parse(text_of(SAMPLE)))
    assert list(said) == [
        "source", "title", "provider", "published_on", "fieldwork", "score", "score_max",
        "overall_rating", "standards", "diversity_and_inclusion", "recommendations", "sample",
        "population", "caseload", "caseload_breakdown", "previous_inspection", "lead_inspector",
        "issues",
    ]  # fmt: skip


def test_the_sample_report_comes_out_whole() -> None:
    said = json.loads(json.dumps(as_json_object(parse(text_of(SAMPLE)))))
    standards, recommendations = said.pop("standards"), said.pop("recommendations")
    assert said.pop("source")["format"] == "text"
    assert said == {
        "title": "An inspection of probation services in Example Valleys PDU",
        "provider": {"name": "Example Valleys PDU", "kind": "pdu"},
        "published_on": None,
        "fieldwork": {"starts_on": "2024-09-02", "month": "2024-09", "weeks": 2},
        "score": 8,
        "score_max": 21,
        "overall_rating": "Requires improvement",
        "diversity_and_inclusion": {"strengths": 2, "areas_for_improvement": 1},
        "sample": {"community_orders": 38, "licence_releases": 19, "interviews": 41},
        "population": 312_480,
        "caseload": 1_846,
        "caseload_breakdown": {"community": 874, "licence": 603, "custody": 369},
        "previous_inspection": {"year": 2021, "overall_rating": "Inadequate"},
        "lead_inspector": "Carys Example",
        "issues": [ISSUE_DATE],
    }
    assert standards[5] == {
        "code": "P 2.3",
        "name": "Implementation and delivery",
        "wording": "Services that suit the person are delivered well and in good order.",
        "rating": "Inadequate",
        "key_questions": [
            {
                "text": "Is the sentence or post-custody period implemented effectively with a"
                " focus on engaging the person on probation?",
                "percent": 69,
            },
            {
                "text": "Does the implementation and delivery of services effectively support"
                " desistance?",
                "percent": 58,
            },
            {
                "text": "Does the implementation and delivery of services effectively support the"
                " safety of other people?",
                "percent": 44,
            },
        ],
        "strengths": 0,
        "areas_for_improvement": 0,
        "findings": 3,
    }
    assert recommendations[2] == {
        "number": 3,
        "addressed_to": "Example Valleys PDU",
        "text": "visit people at home wherever risk or the safety of a child calls for it",
    }


def test_dates_are_iso() -> None:
    report = parse(doctored(SAMPLE, ("Published:", "Published: 5 December 2024")))
    assert as_json_object(report)["published_on"] == "2024-12-05"
    assert as_json_object(report)["issues"] == []
