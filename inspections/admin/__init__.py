"""The admin of the Inspectorate's record: who is inspected, what was published, who acts where."""
