"""A fault shows at once and can be tried again; newer data is shown in place."""

import time

from selenium.webdriver.common.action_chains import ActionChains

from tests.e2e.overview import Overview
from tests.e2e.test_cross_filter import MOBILE, WOMEN_ON_MOBILE

ASKED = "return performance.getEntriesByType('resource').filter(e => e.name.includes('/page-data')).length"


def lose_the_network(overview: Overview) -> None:
    """Cut the page off and wait until it says so."""
    overview.go_offline()
    overview.find(".notice.fault")


def test_a_lost_network_shows_at_once_and_heals_by_itself(overview: Overview) -> None:
    overview.click("device", "Mobile")
    lose_the_network(overview)
    overview.go_offline(False)
    overview.until(lambda: not overview.exists(".notice.fault"))
    assert (overview.settled().sessions, overview.search) == (MOBILE, "?device=Mobile")


def test_a_gesture_without_network_is_kept_and_the_old_numbers_are_dimmed(overview: Overview) -> None:
    overview.click("device", "Mobile")
    lose_the_network(overview)
    overview.mark("gender", "Female").click()
    overview.until(lambda: overview.exists("body.is-lost"))
    assert "No numbers have arrived" in overview.text(".notice.fault")
    overview.go_offline(False)
    overview.until(lambda: overview.sessions == WOMEN_ON_MOBILE)
    assert not overview.exists("body.is-lost")


def test_a_failing_server_shows_in_a_second_and_can_be_asked_again(
    overview: Overview, failing_server: list[int]
) -> None:
    failing_server.append(500)
    started = time.monotonic()
    overview.mark("device", "Mobile").click()
    assert "(500)" in overview.text(".notice.fault")
    assert time.monotonic() - started < 3
    overview.find(".notice.fault .button").click()
    overview.until(lambda: overview.sessions == MOBILE)


def test_newer_data_is_asked_for_and_the_filter_stays(overview: Overview) -> None:
    overview.click("device", "Mobile")
    before = overview.run(ASKED)
    overview.run("product.version = () => 'older'; product.server.look()")
    overview.until(lambda: overview.run(ASKED) == before + 1)
    assert (overview.settled().sessions, overview.search) == (MOBILE, "?device=Mobile")


def test_the_same_data_is_not_asked_for_again(overview: Overview) -> None:
    before = overview.run(ASKED)
    overview.run("return product.server.look()")
    time.sleep(0.3)
    assert overview.run(ASKED) == before


def test_days_can_be_chosen_from_the_trend_by_keyboard(overview: Overview) -> None:
    overview.run("document.querySelector('#card-trend .by-keyboard').focus()")
    overview.run("return document.activeElement").send_keys("\ue007")
    overview.find(".control[data-dimension=day] .popover")
    assert overview.run("return document.activeElement.type") == "date"


def test_what_the_pointer_rests_on_is_asked_for_before_the_click(overview: Overview) -> None:
    before = overview.run(ASKED)
    row = overview.mark("device", "Mobile")
    ActionChains(overview.driver).move_to_element(row).perform()
    overview.until(lambda: overview.run(ASKED) == before + 1)
    assert overview.search == ""
    row.click()
    assert overview.settled().sessions == MOBILE
    assert overview.run(ASKED) == before + 1


def test_an_answer_that_failed_while_the_pointer_rested_is_asked_for_again(
    overview: Overview, failing_server: list[int]
) -> None:
    failing_server.append(500)
    row = overview.mark("device", "Mobile")
    ActionChains(overview.driver).move_to_element(row).perform()
    overview.until(lambda: not failing_server)
    time.sleep(0.1)
    row.click()
    assert overview.settled().sessions == MOBILE
    assert not overview.exists(".notice.fault")
