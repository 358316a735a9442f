"""What people meet: the screens, the command line and the papers of ntm-tui."""

__version__ = "0.1.0"
