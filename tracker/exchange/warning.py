"""What looks like a number of a person in a row, as its preview says it before anybody ticks."""

from collections.abc import Iterable, Iterator

from inspections.sensitive_text import sensitive_passages

WHAT_TO_DO = (
    "Take it out and upload the file again, or tick the row if it is not about a person on"
    " probation."
)


def numbers_of_persons(texts: Iterable[str]) -> Iterator[str]:
    """Yield a sentence for each passage of these texts that a person should look at."""
    for text in texts:
        for passage in sensitive_passages(text):
            yield f"{passage.in_words} {WHAT_TO_DO}"
