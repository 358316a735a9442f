"""Merging as pure functions: who wins, what is a conflict, whether a row is there."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from db.journal.heads import (
    EXISTS,
    Entry,
    by_field,
    count_conflicts,
    exists,
    heads,
    is_conflict,
    make_ref,
)


def entry(
    seq: int,
    value: object = "x",
    *,
    field: str = "note",
    clock: int | None = None,
    device: str = "A",
    segment: str = "s",
    based_on: tuple[Entry, ...] = (),
) -> Entry:
    return Entry(
        pk=seq,
        field=field,
        value=value,
        clock=f"{seq if clock is None else clock:012x}.0000",
        device=device,
        incarnation="0001aaaaaaaa",
        seq=seq,
        segment=segment,
        based_on=tuple(one.ref for one in based_on),
    )


def there(*entries: Entry) -> bool:
    return exists(by_field(heads(entries)))


def test_a_value_that_was_replaced_is_no_head() -> None:
    first = entry(1)
    second = entry(2, based_on=(first,))
    assert heads([second, first]) == [second]


def test_two_values_written_without_knowing_of_each_other_conflict_and_the_later_shows() -> None:
    base = entry(1)
    mine = entry(2, "mine", clock=9, device="A", based_on=(base,))
    theirs = entry(2, "theirs", clock=8, device="B", based_on=(base,))
    found = heads([base, theirs, mine])
    assert [one.value for one in found] == ["mine", "theirs"]
    assert is_conflict(found)


def test_the_winner_is_the_greatest_clock_device_incarnation_number_segment() -> None:
    same = {"clock": 5}
    a, b = entry(9, "a", device="A", **same), entry(1, "b", device="B", **same)
    assert heads([a, b])[0].device == "B"
    assert heads([entry(1, "a", **same), entry(2, "b", **same)])[0].seq == 2
    fork = heads([entry(1, "a", segment="a", **same), entry(1, "b", segment="b", **same)])
    assert [one.segment for one in fork] == ["b", "a"]


def test_equal_values_are_no_conflict() -> None:
    assert not is_conflict(heads([entry(1, {"a": 1}), entry(1, {"a": 1}, device="B")]))


def test_yes_and_one_are_no_equal_values() -> None:
    for one, other in ((True, 1), ({"a": False}, {"a": 0})):
        assert is_conflict(heads([entry(1, one), entry(1, other, device="B")]))


def test_settling_names_all_heads_and_leaves_one() -> None:
    mine, theirs = entry(1, "mine"), entry(1, "theirs", device="B")
    settled = entry(2, "agreed", based_on=(mine, theirs))
    assert heads([settled, theirs, mine]) == [settled]


def test_a_value_is_replaced_only_in_its_own_field() -> None:
    note = entry(1)
    deletion = entry(2, False, field=EXISTS, based_on=(note,))
    assert set(heads([note, deletion])) == {note, deletion}


def test_a_row_is_there_from_its_creation_until_its_deletion() -> None:
    note = entry(2)
    creation = entry(1, True, field=EXISTS)
    assert not there()
    assert not there(note)  # an edit whose creation has not come waits
    assert there(creation)
    assert there(creation, note)
    deletion = entry(3, False, field=EXISTS, based_on=(creation, note))
    assert not there(creation, note, deletion)


def test_an_edit_that_the_deletion_did_not_know_keeps_the_row() -> None:
    creation, note = entry(1, True, field=EXISTS), entry(2)
    deletion = entry(3, False, field=EXISTS, based_on=(creation, note))
    edit = entry(1, "y", device="B", based_on=(note,))
    assert there(creation, note, deletion, edit)
    both = entry(4, False, field=EXISTS, based_on=(deletion, edit, creation, note))
    assert not there(creation, note, deletion, edit, both)


def test_two_deletions_together_know_what_each_of_them_knew() -> None:
    creation, mine, theirs = entry(1, True, field=EXISTS), entry(2), entry(2, device="B")
    one = entry(3, False, field=EXISTS, based_on=(creation, mine))
    other = entry(3, False, field=EXISTS, device="B", based_on=(creation, theirs))
    assert not there(creation, mine, theirs, one, other)


def test_a_creation_beside_a_deletion_that_did_not_know_it_stands() -> None:
    creation = entry(1, True, field=EXISTS)
    deletion = entry(2, False, field=EXISTS, based_on=(creation,))
    again = entry(1, True, field=EXISTS, clock=5, device="B")
    assert there(creation, deletion, again)


def test_copies_of_one_change_are_one_whichever_name_others_use() -> None:
    sealed = entry(3, "x", clock=7, segment="s")
    copy = replace(sealed, incarnation="0002bbbbbbbb", seq=1, segment="")
    (only,) = heads([sealed, copy])
    assert only.ref == copy.ref and set(only.copies) == {sealed.ref, copy.ref}
    for known in (sealed, copy):
        later = entry(9, "y", based_on=(known,))
        assert heads([later, sealed, copy]) == [later]
        deletion = entry(9, False, field=EXISTS, based_on=(entry(1, True, field=EXISTS), known))
        assert not there(entry(1, True, field=EXISTS), sealed, copy, deletion)


def test_a_deletion_that_met_an_edit_is_counted_as_a_conflict() -> None:
    creation = entry(1, True, field=EXISTS)
    deletion = entry(2, False, field=EXISTS, based_on=(creation,))
    edit = entry(3, "nội dung mới", device="B")
    assert count_conflicts(by_field(heads([creation, deletion]))) == 0
    assert count_conflicts(by_field(heads([creation, edit]))) == 0
    assert count_conflicts(by_field(heads([creation, deletion, edit]))) == 1


def test_a_value_of_existence_that_only_a_newer_program_knows_does_not_delete() -> None:
    assert there(entry(1, "archived", field=EXISTS))


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_heads_do_not_depend_on_order_or_on_what_was_told_twice(data: st.DataObject) -> None:
    entries: list[Entry] = []
    for number in range(1, data.draw(st.integers(1, 12)) + 1):
        known = data.draw(st.lists(st.sampled_from(entries), unique=True)) if entries else []
        entries.append(
            entry(
                number,
                data.draw(st.sampled_from([True, False, "x", "y", None])),
                field=data.draw(st.sampled_from([EXISTS, "note", "status"])),
                clock=data.draw(st.integers(1, 4)),
                device=data.draw(st.sampled_from("AB")),
                based_on=tuple(known),
            )
        )
    shuffled = data.draw(st.permutations(entries))
    assert heads(shuffled) == heads(entries)
    assert there(*shuffled) == there(*entries)


def test_a_change_is_named_by_feed_number_and_segment() -> None:
    assert make_ref("A", "0001aaaaaaaa", 7, "") == "A/0001aaaaaaaa/7:"
    assert entry(7).ref == "A/0001aaaaaaaa/7:s"
