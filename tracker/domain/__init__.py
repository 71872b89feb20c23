"""The rules of the progress record in plain Python: no Django, no database, no clock.

`commands` are what people ask for, `events` what happened, `state` what the rules need to remember,
`evolve` how an event changes it, and `decide` turns a command into events or refuses it.
"""
