"""Action plans in the form that HMPPS uses, in and out: Word, Excel and CSV.

What lives here: the columns and what they are called (`columns`), how a file is read (`reading`),
how each row is judged (`planning`, which asks `answering` about the response and `acting` about the
action), and how a plan is written (`exporting`). What is written is planned as nothing to do when
it is read again. No wording is ever changed by a file, and nothing a file leaves out is made up.
"""

from tracker.exchange.action_plans.kind import ActionPlanExport, ActionPlanImport

__all__ = ["ActionPlanExport", "ActionPlanImport"]
