"""Steps of typing, as a person would count them."""

from __future__ import annotations

PAUSE_SECONDS = 2.0
PASTED_LENGTH = 3


class TypingHistory:
    """The versions of a text between which Undo and Redo move, a word or a pause at a time.

    Input tools take letters back and write them anew inside a word, so a step never ends there.
    """

    def __init__(self, text: str = "") -> None:
        self.forget(text)

    def forget(self, text: str) -> None:
        """Begin anew from a text, with nothing to undo."""
        self._past: list[str] = []
        self._future: list[str] = []
        self._now = text
        self._changed_at = 0.0
        self._step_is_over = True

    def note(self, text: str, at: float) -> None:
        """Take note of a change.

        Args:
            text: The whole text after it.
            at: When, in seconds of a clock that never goes back.
        """
        if text == self._now:
            return
        pasted = len(text) - len(self._now) > PASTED_LENGTH
        if self._step_is_over or pasted or at - self._changed_at > PAUSE_SECONDS:
            self._past.append(self._now)
        self._step_is_over = pasted or _words_ended(text) > _words_ended(self._now)
        self._now = text
        self._changed_at = at
        self._future.clear()

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back and can be done again."""
        return bool(self._future)

    def undo(self) -> str:
        """Go one step back and return the text as it was."""
        return self._move(self._past, self._future)

    def redo(self) -> str:
        """Go one step forward again and return the text."""
        return self._move(self._future, self._past)

    def _move(self, source: list[str], target: list[str]) -> str:
        target.append(self._now)
        self._now = source.pop()
        self._step_is_over = True
        return self._now


def end_of_change(before: str, after: str) -> int:
    """Where in the later text the part ends that differs from the earlier one."""
    shorter = min(len(before), len(after))
    start = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    tail = 0
    while tail < shorter - start and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return len(after) - tail


def _words_ended(text: str) -> int:
    return sum(character.isspace() for character in text)
