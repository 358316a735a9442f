"""The program itself, asked by its own command line: only it knows stores, locks and disks."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.installing.refusal import Refused

_LOAD = "import importlib, sys; sys.path.insert(0, sys.argv[1])\n" + (
    "for name in sys.argv[2:]:\n    print(name, flush=True); importlib.import_module(name)"
)


class ProgramRefused(Refused):
    """The program would not do what it was asked; `code` is its own word for that."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Program:
    """One version with the Python and the data that it runs with.

    Attributes:
        folder: the version's folder.
        python: its Python.
        data: the folder of shared data; empty when each account has its own.
    """

    folder: Path
    python: Path
    data: str = ""

    @property
    def library(self) -> Path:
        """Where its modules lie."""
        return self.folder / "lib"

    def ask(self, *arguments: str) -> dict[str, Any]:
        """Run a command of the program that answers in JSON.

        Raises:
            ProgramRefused: it refused.
            Refused: it could not be run.
        """
        done = self._run(str(self.folder / "start"), *arguments, "--json")
        try:
            answer = json.loads(done.stdout)
        except ValueError:
            told = (done.stderr or done.stdout).strip()[-500:]
            raise Refused(f"Chương trình không trả lời được: {told}") from None
        if "error" in answer:
            raise ProgramRefused(answer["error"]["code"], answer["error"]["message"])
        return dict(answer)

    def load(self, modules: list[str]) -> None:
        """Load machine code, so that what is blocked shows before anything is switched.

        Raises:
            Refused: one of them cannot be loaded; it is named.
        """
        done = self._run("-c", _LOAD, str(self.library), *modules)
        if done.returncode != 0:
            reached = done.stdout.split()
            name = reached[-1] if reached else "Python"
            why = done.stderr.strip().rpartition("\n")[2]
            raise Refused(
                f"Máy này không cho chạy phần {name} của chương trình ({why}). Chưa đổi gì: bản "
                "đang dùng, nếu có, còn nguyên. Thường là chương trình diệt virus hoặc “Smart App "
                "Control” chặn; hãy xem mục diệt virus trong Huong-dan.html rồi làm lại."
            )

    def compile(self) -> None:
        """Byte-compile the library, so that starting is quick from the first time on."""
        options = ["-q", "-j", "1", "--invalidation-mode", "unchecked-hash"]
        self._run("-m", "compileall", *options, str(self.library))

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environ = {**os.environ, **({"NTM_DATA": self.data} if self.data else {})}
        try:
            return subprocess.run(
                [str(self.python), "-X", "utf8", "-I", *arguments],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                env=environ,
                check=False,
            )
        except OSError as error:
            raise Refused(f"Không chạy được {self.python} ({error.strerror}).") from error
