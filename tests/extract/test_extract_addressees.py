from __future__ import annotations

import pytest
from extract_marks import PACKS, document, read

from reaffirm.extract.addressees import addressee


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # between cue and clause
        ("The envoy told reporters that the mill is closed.", "reporters"),
        ("The envoy told reporters on Monday that the mill is closed.", "reporters"),
        ("The envoy informed the members of the council that the mill is closed.", "the members of the council"),
        ("The premier reminded them that the lease had ended.", "them"),
        ("The minister asked the guild whether it had paid.", "the guild"),
        ("The envoy said to the guild that the mill is closed.", "the guild"),
        # between cue and preposition
        ("The envoy briefed the Council on the camps.", "the Council"),
        # who is to act
        ("The envoy urged Ruvia to withdraw.", "Ruvia"),
        ("The council called on the two sides to stop.", "the two sides"),
        # behind a quotation
        ("“The mill is closed,” the envoy told the Marn Courier on Monday.", "the Marn Courier"),
        # nobody is named
        ("The envoy said on Monday that the mill is closed.", None),
        ("The envoy said again that the mill is closed.", None),
        ("The envoy said, through a spokesman, that the mill is closed.", None),
        ("The two leaders agreed that the mill is closed.", None),
        ("The envoys agreed to close the mill.", None),
        ("“The mill is closed,” the envoy said on Monday.", None),
    ],
)
def test_to_whom_it_was_said(text: str, expected: str | None) -> None:
    (row,) = read(document(text))
    found = addressee(row, text, PACKS)
    assert (found and found.exact) == expected
    assert found is None or text[found.start : found.end] == found.exact
