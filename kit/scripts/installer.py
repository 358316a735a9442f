"""Runs the installer from this folder, under any Python and without being installed."""

import sys

from kit.installing.__main__ import main

sys.exit(main())
