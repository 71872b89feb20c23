"""The refusals of the report parser, each carrying one sentence for the user.

What lives here: the exceptions that `parse_report` may raise. What must not: the tests that lead to
them; those stand in `source`, `web_page` and `recognition`.
"""


class ReportRefused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """The source cannot be imported; the message says what it is and what to do."""


class NotAnInspectionReport(ReportRefused):
    """The source is something else than an English inspection report in text or HTML."""


class SourceTooLarge(ReportRefused):
    """The source is larger than any report; it was not read."""
