"""Workbooks that come in: the commune's old Excel files, taken over without retyping.

A file is read in three steps, none of which writes: `file` and its neighbours turn it into pages of
cells, `finding` tells what the pages are about (a `Layout`), `previewing` says cell by cell what
would change. `applying` then does all of it as one action. Nothing from outside is trusted, and
what can be read in two ways is shown and left to a person.
"""
