"""The command palette: all commands by name, searched without marks."""

from __future__ import annotations

from rich.text import Text
from textual import command as stock
from textual.widgets.option_list import Option

from db.text import matches, rank
from ntm_tui.commands.offered import Offer, offers


class OfferedCommands(stock.Provider):
    """Provides the commands that can be given on the screen below the palette."""

    async def discover(self) -> stock.Hits:
        """List all of them, in the order of the key map."""
        for offer in offers(self.screen):
            yield stock.DiscoveryHit(_prompt(offer), offer.run, help=offer.command.tooltip)

    async def search(self, query: str) -> stock.Hits:
        """List those whose name or help answers the query; an answer in the name counts more."""
        for offer in offers(self.screen):
            if score := _score(query, offer):
                yield stock.Hit(score, _prompt(offer), offer.run, help=offer.command.tooltip)


class Palette(stock.CommandPalette):
    """The stock palette, in Vietnamese and without signs that old console fonts lack."""

    DEFAULT_CSS = """
    Palette {
        SearchIcon { display: none; }
        #--input, #--input.--list-visible { border: solid $primary; }
        CommandList { border: none; }
        LoadingIndicator { border: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__(
            providers=[OfferedCommands],
            placeholder="Gõ tên lệnh, không dấu cũng được",
            id="--command-palette",
        )

    def _start_no_matches_countdown(self, search_value: str) -> None:
        if search_value:
            nothing = Option("Không có lệnh nào như vậy.", id=self._NO_MATCHES, disabled=True)
            self.query_one(stock.CommandList).add_option(nothing)
            self._list_visible = True


def _prompt(offer: Offer) -> Text:
    return Text.assemble(offer.command.text, "  ", (offer.command.key_label(), "dim"))


def _score(query: str, offer: Offer) -> float:
    """A number above 0 for a hit, the greater the better."""
    step = rank(query, offer.command.text)
    if step is not None:
        return 1 - step / 10
    return 0.1 if matches(query, offer.command.tooltip) else 0
