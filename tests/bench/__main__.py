"""Prints every benchmark as a ratio against something real that was measured in the same run.

python -m tests.bench [name …]
"""

import sys

from ntm_tui.cli import sweep_seldom
from tests.bench import export, growth, importing, keys, lists, registers, start, workbooks

BENCHES = {
    "start": start.run,
    "keys": keys.run,
    "registers": registers.run,
    "lists": lists.run,
    "export": export.run,
    "importing": importing.run,
    "growth": growth.run,
    "workbooks": workbooks.run,
}


def main(chosen: list[str]) -> None:
    sweep_seldom()  # as the program does
    for name in chosen or BENCHES:
        for found in BENCHES[name]():
            print(found if isinstance(found, str) else found.line(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
