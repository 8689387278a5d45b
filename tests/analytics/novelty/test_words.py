from analytics.estimate import Estimate
from analytics.novelty.result import Fading, Look
from analytics.novelty.words import evidence_sentence, fading_sentence

LIFT, NOTHING = Estimate(0.05, 0.01, 0.09, 100), Estimate(None, None, None, 0)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def look(day: str, p_value: float | None, lift: float = 0.05) -> Look:
    return Look(day, Estimate(lift, lift - 0.04, lift + 0.04, 100), p_value)


def test_no_change_shown_is_not_called_lasting() -> None:
    told = plain(fading_sentence("New", Fading("not shown", 0.4, LIFT, LIFT), LIFT))
    assert told.startswith("It is not shown that the effect of New changes as users get used to it (p = 0.400).")


def test_too_few_returning_users_are_said() -> None:
    assert "cannot be told" in fading_sentence("New", Fading("unknown", None, NOTHING, NOTHING), LIFT)


def test_fading_and_growing_have_their_words() -> None:
    assert plain(fading_sentence("New", Fading("fades", 0.01, LIFT, NOTHING), LIFT)) == (
        "The effect of New fades as users get used to it (p = 0.010)."
    )
    assert "grows" in fading_sentence("New", Fading("grows", 0.01, LIFT, LIFT), LIFT)


def test_the_first_look_that_shows_it_is_named() -> None:
    told = evidence_sentence("New", [look("2026-03-01", 0.5), look("2026-03-02", 0.01)], 0.95)
    assert told.startswith("New was first shown to do more than control on 2026-03-02, at look 2 of 2, and is so now")


def test_what_was_once_shown_holds() -> None:
    told = evidence_sentence("New", [look("2026-03-01", 0.01, -0.1), look("2026-03-02", 0.2)], 0.95)
    assert told.startswith("New was first shown to do less than control on 2026-03-01, at look 1 of 2, which holds")


def test_nothing_shown_or_nothing_there_is_said() -> None:
    assert evidence_sentence("New", [look("2026-03-01", 0.5)], 0.95).startswith("At none of 1 looks")
    assert evidence_sentence("New", [], 0.95) == "There is nothing to look at of New yet."
