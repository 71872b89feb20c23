"""Files attached as evidence: what they may be, where they lie, and whether they are safe to serve.

`names` and `kinds` judge what is brought, `drafted` finds the drafts that name it, `scanner` asks
about viruses. Which evidence stands is for the log; who may read a file is for `queries`.
"""
