"""The filter bar, notices, and the empty state."""

from selenium.webdriver.common.keys import Keys

from tests.e2e.overview import Overview


def open_control(overview: Overview, dimension: str) -> None:
    """Open the popover of a dimension."""
    overview.find(f".control[data-dimension={dimension}] .pill").click()
    overview.find(f".control[data-dimension={dimension}] .popover")


def test_a_control_offers_every_member_with_its_count(overview: Overview) -> None:
    open_control(overview, "device")
    names = overview.run("return [...document.querySelectorAll('.choice .name')].map(e => e.textContent)")
    counts = overview.run(
        "return [...document.querySelectorAll('.choice .number')].map(e => Number(e.textContent.replace(',', '')))"
    )
    assert (names, sum(counts)) == (["Mobile", "Desktop", "Tablet"], 6000)


def test_choices_add_up_and_the_popover_stays_open(overview: Overview) -> None:
    open_control(overview, "gender")
    for member in ("Female", "Other"):
        overview.find(f'.choice input[value="{member}"]').click()
        overview.settled()
    assert overview.search == "?gender=Female,Other"
    assert overview.text(".control[data-dimension=gender] .pill-value") == "Female, Other"


def test_escape_closes_and_gives_the_focus_back(overview: Overview) -> None:
    open_control(overview, "gender")
    overview.run("return document.activeElement").send_keys(Keys.ESCAPE)
    assert overview.run("return document.activeElement.closest('.control').dataset.dimension") == "gender"
    assert not overview.exists(".popover:not([hidden])")


def test_the_last_seven_days_are_one_click(overview: Overview) -> None:
    open_control(overview, "day")
    overview.find(".preset").click()
    overview.settled()
    assert overview.search == "?day=2026-08-23..2026-08-30"
    assert overview.text(".control[data-dimension=day] .pill-value") == "23 – 29 Aug 2026"


def type_day(overview: Overview, day: str) -> None:
    """Put a day into the field that has the focus."""
    script = "const field = document.activeElement; field.value = arguments[0]; "
    overview.run(script + "field.dispatchEvent(new Event('change', {bubbles: true}))", day)


def test_a_day_can_be_typed_and_keeps_the_focus(overview: Overview) -> None:
    open_control(overview, "day")
    type_day(overview, "2026-08-01")
    overview.settled()
    assert overview.search == "?day=2026-08-01..2026-08-30"
    assert overview.run("return document.activeElement.value") == "2026-08-01"


def test_a_day_outside_the_data_changes_nothing(overview: Overview) -> None:
    open_control(overview, "day")
    type_day(overview, "0002-08-01")
    assert overview.search == ""


def test_a_chip_is_removed_by_its_cross(overview: Overview) -> None:
    overview.open("?device=Mobile&gender=Female")
    overview.find(".control[data-dimension=device] > .remove").click()
    overview.settled()
    assert overview.search == "?gender=Female"


def test_clear_all_clears_all(overview: Overview) -> None:
    overview.open("?device=Mobile&gender=Female")
    overview.find("#clear-all").click()
    overview.settled()
    assert (overview.search, overview.sessions) == ("", 6000)


def test_an_unknown_value_gives_a_notice_and_the_rest_holds(overview: Overview) -> None:
    overview.open("?device=Watch,Mobile")
    assert "Watch" in overview.text(".notice")
    assert overview.chosen("device") == ["Mobile"]


def test_a_broken_range_gives_a_notice(overview: Overview) -> None:
    overview.open("?day=monday..friday")
    assert "monday" in overview.text(".notice")
    assert overview.sessions == 6000


def test_where_nothing_matches_the_last_filter_can_be_taken_away(overview: Overview) -> None:
    overview.open("?device=Mobile").open("?day=2030-01-01..2030-02-01")
    assert overview.text("#empty h2") == "Nothing matches this selection"
    overview.find("#empty .primary").click()
    overview.settled()
    assert overview.sessions == 6000


def test_simulated_data_carries_a_badge(overview: Overview) -> None:
    assert overview.text("#origin") == "Simulated data"


def test_what_a_metric_means_is_told_on_focus(overview: Overview) -> None:
    overview.run("document.querySelector('[data-metric=conversion_rate] .info').focus({focusVisible: true})")
    assert "divided by all sessions" in overview.text(".tooltip")
