"""Files attached as evidence: what they may be, where they lie, and whether they are safe to serve.

`names` and `kinds` judge what is brought. Which evidence stands is for the log; who may read a file
is for `queries`.
"""
