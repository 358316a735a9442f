"""The journal: every write in order, and the five features that read it.

`recording` makes changes of writes, `heads` says which of them count, `replay` brings tables in
line with them, `undo` takes actions back, `history` tells what happened and how things stood.
"""
