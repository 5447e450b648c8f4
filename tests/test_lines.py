"""Lines of a letter: the frame that letters share, completed by what a case tells, is the line made from scratch."""

from hypothesis import given
from hypothesis import strategies as st
from letters import LANGUAGES

from generator.document import plain
from generator.letters.lines import Look, frame_of, line_of
from generator.letters.typography import tying

TIE = tying(LANGUAGES["ru"].typography)
AUTHOR = st.builds(
    Look, st.booleans(), st.just(value=False), st.sampled_from(["author", "gap"]), st.sampled_from(["", "", "item"])
)
WORDS = st.text(alphabet="вд 1г.–хА", min_size=1, max_size=6)
PLAIN = Look(strong=False, emphasis=False)
TOLD_LOOK = Look(strong=False, emphasis=False, origin="filled")
TOLD = st.tuples(
    st.text(alphabet="вд 1г.–хА", max_size=6), st.builds(Look, st.booleans(), st.booleans(), st.just("filled"))
)


@given(st.lists(st.one_of(st.tuples(WORDS, AUTHOR), TOLD), max_size=7))
def test_a_frame_completed_is_the_line(parts: list[tuple[str, Look]]):
    """Whatever is told and whatever stands beside it, spaces fold and words are tied as in a line of its own."""
    told = [text for text, look in parts if look.origin == "filled"]
    frame = frame_of(((None if look.origin == "filled" else text, look) for text, look in parts), TIE)
    assert frame.line(told) == line_of(((text, look) for text, look in parts if text), TIE)


def test_a_frame_takes_other_words():
    """One frame serves all cases: what it was completed with before leaves no trace."""
    frame = frame_of([("родился ", PLAIN), (None, TOLD_LOOK), (" в ", PLAIN), (None, TOLD_LOOK)], TIE)
    assert plain(frame.line(["5 мая", "Душанбе"])) == "родился 5\u00a0мая в\u00a0Душанбе"
    assert plain(frame.line(["", "горах"])) == "родился в\u00a0горах"
