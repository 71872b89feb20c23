"""The administrator's way from a report to its publication, page by page.

`start` takes a report in, `draft` shows and completes it, `release` publishes it or shares it under
embargo. Each page reads the clock and the person, asks the use cases in `report_import`,
`publishing` and `embargo`, and shows every refusal with what was typed.
"""
