"""Status tags for the columns of the list: always in words; colour only repeats them."""

from collections.abc import Mapping

from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.domain.vocabulary import NOT_JUDGED
from tracker.queries.labels import judgement_label
from tracker.templatetags.progress import COLOURS, words


def tag(text: str, colour: str = "grey") -> SafeString:
    """Return a tag with these words."""
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, text)


def axis_tag(axis: str, value: str, *, prefix: str = "") -> SafeString:
    """Return the tag of a value of an axis, as every page shows it."""
    return tag(f"{prefix}{words(value, axis)}", COLOURS.get(axis, {}).get(value, "grey"))


def judgement_tag(code: str, scale: Mapping[str, str]) -> SafeString:
    """Return the judgement in the words of the framework's own scale."""
    return tag(judgement_label(code, scale), "grey" if code == NOT_JUDGED else "purple")
