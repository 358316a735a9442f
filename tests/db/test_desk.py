import pytest

from db.communes import Founding
from db.desk import Desk
from db.home import Home
from db.problems import StoreMissing
from db.store import Store


def test_a_founding_that_was_cut_short_counts_as_a_first_run(
    home: Home, founding: Founding
) -> None:
    Store.create(home).close()

    with pytest.raises(StoreMissing):
        Desk.open(home)

    with Desk.found(home, founding) as desk:
        assert desk.commune.name == founding.commune
