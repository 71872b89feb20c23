"""The dashboards' door: flat, typed rows over HTTP. It asks `queries`; nothing here decides.

`doors` is what every view shares, `tokens` who may come in, `parameters` what may be asked,
`pages` how long lists are cut, `shapes` what comes out, `problems` how a refusal looks.
"""
