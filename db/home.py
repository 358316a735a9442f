"""Where a store and what belongs to it live on a machine."""

import os
from dataclasses import dataclass
from pathlib import Path

STORE_NAME = "ntm.sqlite"


@dataclass(frozen=True)
class Home:
    """The folder of one store: its database, evidence files, backups and logs."""

    path: Path

    @property
    def store(self) -> Path:
        """The SQLite file."""
        return self.path / STORE_NAME

    @property
    def evidence(self) -> Path:
        """Evidence files by SHA-256."""
        return self.path / "evidence"

    @property
    def backups(self) -> Path:
        """Copies of the store."""
        return self.path / "backups"

    @property
    def damaged(self) -> Path:
        """Stores that could not be read, moved aside and kept."""
        return self.path / "damaged"

    @property
    def replaced(self) -> Path:
        """Stores that a restore took the place of, kept."""
        return self.path / "replaced"

    @property
    def logs(self) -> Path:
        """The program's log."""
        return self.path / "logs"

    @property
    def criteria(self) -> Path:
        """Criteria sets that the office added to the shipped ones."""
        return self.path / "criteria"

    @property
    def forms(self) -> Path:
        """How the office wants the sheets of its workbooks, where otherwise than shipped."""
        return self.path / "forms"

    @property
    def outgoing(self) -> Path:
        """Bundles that were not written to a stick."""
        return self.path / "outgoing"

    @property
    def working(self) -> Path:
        """What must not outlive its use, such as a bundle before it is encrypted."""
        return self.path / "working"

    @property
    def templates(self) -> Path:
        """Word templates by which the office replaced those of the program."""
        return self.path / "mau"

    @property
    def papers(self) -> Path:
        """A file that remembers which papers were written where, to know changed ones."""
        return self.path / "papers.json"

    @property
    def lock(self) -> Path:
        """The file that the one writing process holds."""
        return self.path / "ntm.lock"

    @property
    def second_backup(self) -> Path:
        """A file that names the folder, on another disk, which gets the daily copy too."""
        return self.path / "second-backup.txt"

    @property
    def any_disk(self) -> Path:
        """A file whose presence says that a person accepts this disk knowingly."""
        return self.path / "any-disk-accepted"


def find_home(chosen: Path | None = None, name: str = "") -> Home:
    """Give the home to use: the one chosen, else `NTM_HOME`, else one in the data folder.

    That is `NTM_DATA`, where several accounts of a machine share their data, else the user's own.

    Args:
        chosen: what the person asked for with `--home`.
        name: a sub-folder of the default, such as the practice commune's.
    """
    if chosen is not None:
        return Home(chosen.expanduser().absolute())
    if named := os.environ.get("NTM_HOME"):
        return Home(Path(named).expanduser().absolute())
    if shared := os.environ.get("NTM_DATA"):
        return Home(Path(shared).expanduser().absolute() / (name or "store"))
    import platformdirs  # only here: the first screen does not wait for it when a home is named

    default = platformdirs.user_data_path("ntm-tui", appauthor=False)
    return Home(default / (name or "store"))
