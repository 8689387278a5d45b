from semantic.errors import unknown_name


def test_the_nearest_names_are_offered() -> None:
    assert "did you mean 'device'?" in unknown_name("dimension", "devcie", ["device", "gender"])


def test_another_case_is_near() -> None:
    assert "did you mean 'OLD'?" in unknown_name("variant", "old", ["OLD", "NEW"])


def test_nothing_near_lists_what_is_known() -> None:
    assert unknown_name("key", "zzz", []) == "unknown key 'zzz'. Known: none"
