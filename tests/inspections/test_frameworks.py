"""Frameworks as data: who keeps them, and what a published inspection holds fast."""

from typing import Any

import pytest

from inspections.frameworks import FrameworkRefused, check_bands, read_scale, write_scale
from inspections.models import Framework, KeyQuestion, Membership, RatingBand, Standard, Theme
from tests.visitor import Visitor
from tests.world import make_inspection, make_provider, make_user

Role = Membership.Role
FRAMEWORKS = "/admin/inspections/framework/"
STANDARDS = "/admin/inspections/standard/"
THEMES = "/admin/inspections/theme/"
FOUR_STEPS = "\n".join(
    f"{code}: {label}"
    for code, label in [
        ("no_meaningful_progress", "No meaningful progress"),
        ("insufficient_progress", "Insufficient progress"),
        ("reasonable_progress", "Reasonable progress"),
        ("good_progress", "Good progress"),
    ]
)


# --- Scales and bands, without a database ---------------------------------------------------------


def test_a_scale_is_read_as_it_is_written() -> None:
    assert write_scale(read_scale(FOUR_STEPS)) == FOUR_STEPS
    assert read_scale(" a :  One: really \n\n b: Two ") == [["a", "One: really"], ["b", "Two"]]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "at least two steps"),
        ("only_one: Only one", "at least two steps"),
        ("Some progress\ngood: Good", "is no step"),
        ("good:\nbad: Bad", "is no step"),
        ("Good: Good\nbad: Bad", "is no step"),
        ("good: Good\ngood: Better", "stands twice"),
        ("not_judged: Not judged\ngood: Good", "nothing is judged"),
        (f"good: {'x' * 101}\nbad: Bad", "too long"),
        ("\n".join(f"step_{letter}: Step" for letter in "abcdefghijk"), "10 steps at most"),
    ],
)
def test_a_scale_that_cannot_be_is_refused_in_words(text: str, sentence: str) -> None:
    with pytest.raises(FrameworkRefused, match=sentence):
        read_scale(text)


BANDS = [("inadequate", 0), ("requires_improvement", 50), ("good", 65), ("outstanding", 80)]


def test_bands_from_nought_upwards_stand_in_any_order() -> None:
    check_bands(BANDS)
    check_bands(BANDS[::-1])
    check_bands([])


@pytest.mark.parametrize(
    ("bands", "sentence"),
    [
        ([("inadequate", 1), *BANDS[1:]], "starts at 0"),
        ([*BANDS[:2], ("good", 50), BANDS[3]], "starts at a higher"),
        ([*BANDS[:2], ("good", 85), BANDS[3]], "starts at a higher"),
        ([*BANDS, ("good", 70)], "one band"),
    ],
)
def test_bands_with_a_gap_or_out_of_order_are_refused(
    bands: list[tuple[str, int]], sentence: str
) -> None:
    with pytest.raises(FrameworkRefused, match=sentence):
        check_bands(bands)


# --- In the admin ---------------------------------------------------------------------------------


@pytest.fixture
def administrator(db: None) -> Visitor:
    return Visitor(make_user("Hal Administrator", Role.HMIP_ADMINISTRATOR))


@pytest.fixture
def framework(db: None) -> Framework:
    return Framework.objects.get()


@pytest.fixture
def used(framework: Framework) -> Framework:
    make_inspection(framework=framework)
    return framework


def filled_in(visitor: Visitor, path: str, **changes: Any) -> dict[str, Any]:
    """Return the form as it opens, with changes, the way a browser would send it."""
    context = visitor.get(path).context
    forms = [context["adminform"].form]
    values: dict[str, Any] = {}
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is not None and value is not False:
                values[bound.html_name] = value
    return {**values, **changes}


def change(visitor: Visitor, path: str, **changes: Any) -> Any:
    return visitor.client.post(path, filled_in(visitor, path, **changes))


def page_of(framework: Framework) -> str:
    return f"{FRAMEWORKS}{framework.pk}/change/"


@pytest.mark.parametrize("path", [FRAMEWORKS, STANDARDS, THEMES])
@pytest.mark.parametrize("role", [Role.PDU_LEAD, Role.LEAD_INSPECTOR, Role.HMPPS_COORDINATOR])
@pytest.mark.django_db
def test_others_find_no_frameworks(path: str, role: str) -> None:
    provider = make_provider() if role in Membership.AT_A_PROVIDER else None
    visitor = Visitor(make_user("Rae Role", role, provider))
    assert visitor.get(path).status_code == 403
    assert visitor.client.post(f"{path}add/", {"code": "forged"}).status_code == 403
    assert visitor.get(f"{path}1/change/").status_code == 404


def test_an_administrator_adds_a_framework_with_a_scale_of_four(administrator: Visitor) -> None:
    path = f"{FRAMEWORKS}add/"
    wanted = {"code": "prisons-4", "name": "Prisons", "judgements": FOUR_STEPS}
    bands = {"bands-0-rating": "inadequate", "bands-0-from_percent": "0"}
    standard = {"standards-0-code": "1", "standards-0-name": "Safety", "standards-0-ordinal": "1"}
    assert change(administrator, path, **wanted, **bands, **standard).status_code == 302
    added = Framework.objects.get(code="prisons-4")
    assert [label for _, label in added.judgements][-1] == "Good progress"
    assert (added.bands.count(), added.standards.count()) == (1, 1)


def test_the_scale_is_shown_in_lines_and_never_as_json(
    administrator: Visitor, framework: Framework
) -> None:
    page = administrator.read(page_of(framework))
    assert "no_progress: No progress\n" in page
    assert "[[" not in page


def test_saving_what_stands_there_changes_nothing(administrator: Visitor, used: Framework) -> None:
    before = list(used.bands.values_list("rating", "from_percent").order_by("pk"))
    assert change(administrator, page_of(used)).status_code == 302
    after = Framework.objects.get(pk=used.pk)
    assert after.judgements == used.judgements
    assert list(after.bands.values_list("rating", "from_percent").order_by("pk")) == before


def test_what_is_used_keeps_its_codes_and_steps_while_words_are_corrected(
    administrator: Visitor, used: Framework
) -> None:
    standard = used.standards.order_by("ordinal")[0]
    corrected = "no_progress: None\nsome_progress: Some\nnew: New\nsufficient_progress: Enough"
    forged = {"code": "forged", "score_max": "1", "standards-0-code": "forged"}
    sent = {"judgements": corrected, "standards-0-name": "Leading", **forged}
    assert change(administrator, page_of(used), **sent).status_code == 302
    used.refresh_from_db()
    standard.refresh_from_db()
    assert used.judgements[2] == ["new", "New"]
    assert (used.code, used.score_max) == ("pdu-7-standards", 21)
    assert (standard.code, standard.name) == ("P 1.1", "Leading")


@pytest.mark.parametrize(
    ("scale", "sentence"),
    [
        ("no_progress: No progress\nsome_progress: Some", "sufficient_progress must stay"),
        ("some_progress: S\nno_progress: N\nsufficient_progress: E", "keep their order"),
    ],
)
def test_a_step_that_may_have_been_given_stays(
    administrator: Visitor, used: Framework, scale: str, sentence: str
) -> None:
    answer = change(administrator, page_of(used), judgements=scale)
    assert sentence in answer.content.decode()
    assert scale.splitlines()[0] in answer.content.decode()
    assert Framework.objects.get(pk=used.pk).judgements == used.judgements


def test_an_unused_scale_is_free(administrator: Visitor, framework: Framework) -> None:
    assert change(administrator, page_of(framework), judgements=FOUR_STEPS).status_code == 302
    framework.refresh_from_db()
    assert len(framework.judgements) == 4


def test_bands_with_a_gap_are_refused_on_the_page(
    administrator: Visitor, framework: Framework
) -> None:
    answer = change(administrator, page_of(framework), **{"bands-0-from_percent": "10"})
    assert "The lowest band starts at 0" in answer.content.decode()
    moved = {"bands-2-from_percent": "70"}
    assert change(administrator, page_of(framework), **moved).status_code == 302
    assert RatingBand.objects.get(framework=framework, rating="good").from_percent == 70


def test_a_standard_of_a_used_framework_is_not_removed(
    administrator: Visitor, used: Framework
) -> None:
    change(administrator, page_of(used), **{"standards-0-DELETE": "on"})
    assert used.standards.count() == 7


def test_the_code_of_a_key_question_follows_from_its_place(administrator: Visitor) -> None:
    standard = Standard.objects.get(code="P 1.1")
    path = f"{STANDARDS}{standard.pk}/change/"
    added = {"key_questions-0-ordinal": "1", "key_questions-0-topic": "leading by example"}
    assert change(administrator, path, **added).status_code == 302
    assert KeyQuestion.objects.get(standard=standard).code == "P 1.1/1"
    assert administrator.get(f"{STANDARDS}add/").status_code == 403


def test_a_key_question_in_use_keeps_its_place(administrator: Visitor, used: Framework) -> None:
    standard = used.standards.get(code="P 2.1")
    path = f"{STANDARDS}{standard.pk}/change/"
    sent = {"key_questions-0-ordinal": "9", "key_questions-0-topic": "engaging people"}
    assert change(administrator, path, **sent).status_code == 302
    question = KeyQuestion.objects.get(code="P 2.1/1")
    assert (question.ordinal, question.topic) == (1, "engaging people")


def test_themes_are_added_and_their_words_corrected(administrator: Visitor) -> None:
    added = {"code": "housing", "name": "Housing"}
    assert administrator.client.post(f"{THEMES}add/", added).status_code == 302
    theme = Theme.objects.get(code="housing")
    path = f"{THEMES}{theme.pk}/change/"
    corrected = {"code": "forged", "name": "Accommodation"}
    assert administrator.client.post(path, corrected).status_code == 302
    theme.refresh_from_db()
    assert (theme.code, theme.name) == ("housing", "Accommodation")
    assert (
        administrator.client.post(f"{THEMES}{theme.pk}/delete/", {"post": "y"}).status_code == 403
    )
