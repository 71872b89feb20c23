"""What goes in and out of the desk as files: action plans, monthly updates.

`kinds` says what a kind of import or export must know; each kind is a room of its own here
(`monthly/`, …) and is named in `registry`. The rest is the same for all: `asking` takes a file in
or an export up as a row, `working` does what waits, `reading` makes a preview of a file,
`carrying_out` gives what was confirmed, `making` writes an export. What a file looks like inside is
for `tracker.documents`; every row that is accepted becomes commands, given through the services.
"""
