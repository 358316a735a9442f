"""Check bundles and print the state that they make together."""

import sys
from pathlib import Path

from . import Unsound, read, state

if __name__ == "__main__":
    try:
        bundles = [read(Path(name).read_bytes()) for name in sys.argv[1:]]
    except Unsound as unsound:
        sys.exit(f"{unsound.code} {unsound.member}")
    for bundle in bundles:
        for code, member in bundle.flaws:
            print(f"{code} {member}", file=sys.stderr)
    sys.stdout.reconfigure(encoding="utf-8")
    print(state(bundles))
