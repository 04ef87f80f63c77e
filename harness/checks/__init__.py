"""What is checked, from which evidence, and what is said of it.

`rehearsal` runs a plan forward and backward and gathers evidence; `text`, `static`, `downtime`,
`release`, `schema`, `isolation`, `seeds` and `operations` hold the rules of one family each, pure
functions over that evidence. `registry` names every check, `judging` applies one, `verify` all.
"""
