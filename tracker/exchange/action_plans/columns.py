"""The columns of an action plan in the form that HMPPS uses, and the other titles they go by."""

from tracker.documents.headings import Heading
from tracker.documents.writing import Column

NUMBER, WORDING, RESPONSE, REASON = "number", "wording", "response", "reason"
ACTION, OWNER, DELIVERED_BY, TARGET = "action", "owner", "delivered_by", "target"
STATUS, RESPONDED_ON = "status", "responded_on"

HEADINGS = (
    Heading(
        key=NUMBER,
        title="Recommendation number",
        known_as=(
            *("Recommendation no", "Recommendation ref", "Recommendation reference"),
            *("Rec no", "Rec number", "Rec ref", "Rec", "No", "Number", "Ref"),
        ),
    ),
    Heading(
        key=WORDING,
        title="Recommendation",
        known_as=(
            *("Recommendations", "Recommendation text", "Recommendation wording"),
            *("HMIP recommendation", "HMI Probation recommendation", "HMIP recommendations"),
        ),
    ),
    Heading(
        key=RESPONSE,
        title="Response",
        known_as=(
            *("Agreed/Partly Agreed/Not Agreed", "Agreed, partly agreed or not agreed"),
            *("Agreed/Partially Agreed/Not Agreed", "Agreed/Not Agreed", "Agreed"),
            "Response to recommendation",
        ),
    ),
    Heading(
        key=REASON,
        title="Reasons",
        known_as=(
            *("Reason", "Reasons where given", "Reason for response", "Reasons for response"),
            *("Reason if not agreed", "Reason if partly or not agreed", "Rationale"),
        ),
    ),
    Heading(
        key=ACTION,
        title="Action taken or planned",
        known_as=(
            *("Response Action Taken / Planned", "Response: action taken or planned"),
            *("Action taken/planned", "Actions taken or planned", "Actions taken/planned"),
            *("Action", "Actions", "Planned action", "Planned actions", "Action required"),
        ),
    ),
    Heading(
        key=OWNER,
        title="Responsible owner",
        known_as=(
            *("Responsible owner including role", "Responsible person", "Responsible lead"),
            *("Action owner", "Owner", "Owner and role", "Lead", "Accountable", "Responsible"),
        ),
    ),
    Heading(
        key=DELIVERED_BY,
        title="Delivered by",
        known_as=("Delivering body", "Delivering body or post", "Partner", "Delivery partner"),
    ),
    Heading(
        key=TARGET,
        title="Target date",
        known_as=(
            *("Target", "Target completion date", "Target date for completion"),
            *("Completion date", "Date for completion", "Date of completion"),
            *("Due date", "Date due", "Due", "By when", "Deadline", "Timescale"),
        ),
    ),
    Heading(key=STATUS, title="Status"),
    Heading(
        key=RESPONDED_ON,
        title="Date of response",
        known_as=("Response date", "Date of the response", "Date agreed"),
    ),
)
TITLES = {heading.key: heading.title for heading in HEADINGS}
NEEDED = (
    frozenset({NUMBER, ACTION}),
    frozenset({WORDING, ACTION}),
    frozenset({NUMBER, RESPONSE}),
    frozenset({WORDING, RESPONSE}),
)
"""One of these pairs makes a table an action plan; the first that fits is taken."""

WIDTHS = {NUMBER: 16, WORDING: 45, RESPONSE: 14, REASON: 35, ACTION: 50, OWNER: 22}
WIDTHS |= {DELIVERED_BY: 24, TARGET: 14, STATUS: 18}
COLUMNS = tuple(Column(title=TITLES[key], width=width) for key, width in WIDTHS.items())
"""What an export has: all but the date of the response, which the form does not ask for."""
