import json

from hypothesis import given
from hypothesis import strategies as st

from reaffirm.model import Block, Card, Field, Label, MetaField, PackEntry, Receipt, Span
from reaffirm.store.codec import block_columns, card_column, dump, read_block, read_card, storable

evidence = st.one_of(
    st.builds(MetaField, st.text(), st.text()),
    st.builds(PackEntry, st.text(), st.text()),
    st.builds(Receipt, st.text(), st.none() | st.text()),
    st.builds(Span, st.text(), st.integers(), st.integers(), st.text()),
)
field = st.builds(Field, st.none() | st.text(), st.sampled_from(["stated", "unknown"]), st.lists(evidence, max_size=3).map(tuple))
cards = st.builds(Card, title=field, published=field, event_dates=st.lists(field, max_size=3).map(tuple))


@given(cards)
def test_a_card_comes_back_as_it_was(card: Card) -> None:
    assert read_card(card_column(card)) == card


def test_a_lone_surrogate_survives_in_json_and_is_written_out_elsewhere() -> None:
    assert json.loads(dump("caf\udce9 日")) == "caf\udce9 日"
    assert storable("caf\udce9 日") == "caf\\udce9 日"


def test_a_turn_comes_back_with_its_label() -> None:
    turn = Block("turn", 0, 9, ((3, 5), (6, 9)), Label(0, 1, 1, 2), "why")
    columns = ("document", "ord", "kind", "start", "end", "parts", "label", "reason")
    assert read_block(dict(zip(columns, block_columns("D", 0, turn), strict=True))) == turn
