import pytest

from semantic.notes import NoteError
from semantic.notes.rules import MAX_QUERY, known_day, known_path, name_key, normal_query, plain_text


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (" Mobile\n in\tDelhi ", "Mobile in Delhi"),
        ('</script><b>"it\'s" 50 % & more', '</script><b>"it\'s" 50 % & more'),
        ("दिल्ली में नया 🚀", "दिल्ली में नया 🚀"),
        ("e\u0301te\u0301", "été"),
        ("👩\u200d💻", "👩\u200d💻"),
    ],
)
def test_a_text_is_kept_as_it_was_written_with_single_blanks(given: str, kept: str) -> None:
    assert plain_text("the text", given, 120) == kept


@pytest.mark.parametrize("text", ["", " \n ", "\u200b\u200d", "\u3000"])
def test_a_text_of_which_nothing_is_seen_is_empty(text: str) -> None:
    with pytest.raises(NoteError, match=r"^the name is empty, must have 1 to 80 characters; write something$"):
        plain_text("the name", text, 80)


def test_characters_are_counted_and_not_bytes() -> None:
    assert plain_text("the name", "🚀" * 80, 80) == "🚀" * 80
    with pytest.raises(NoteError, match=r"^the name has 81 characters, may have 80; shorten it$"):
        plain_text("the name", "a" * 81, 80)


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x7f", "\ud800", "\u202e", "\u2066"])
def test_control_characters_are_named(character: str) -> None:
    with pytest.raises(NoteError, match=f"U\\+{ord(character):04X}, must be plain text; leave it out"):
        plain_text("the name", f"a{character}b", 80)


@pytest.mark.parametrize(
    "other", ["STRASSE ÉTÉ", "straße été", "Strasse E\u0301te\u0301", "Straße\u200b Été", "Ｓtraße Été"]
)
def test_names_that_people_take_for_one_have_one_key(other: str) -> None:
    assert name_key(other) == name_key("Straße Été")


def test_names_that_differ_have_other_keys() -> None:
    assert len({name_key(name) for name in ("a", "b", "ab", "a b", "á")}) == 5


@pytest.mark.parametrize(
    "path",
    ["", "explore", "//evil.example", "/\\evil.example", "https://evil.example", "/explore/", "/v/abc", "/\r\nX: y"],
)
def test_only_our_own_pages_are_paths(path: str) -> None:
    with pytest.raises(NoteError, match=r"^unknown page .* Known: /, /explore$"):
        known_path(path, ["/", "/explore"])


@pytest.mark.parametrize(
    ("given", "normal"),
    [
        ("", ""),
        ("?device=Mobile,Tablet&&day=2026-07-01..", "device=Mobile,Tablet&day=2026-07-01.."),
        ("a=%2C%e2%82%ac&b=1+2", "a=%2C%e2%82%ac&b=1+2"),
        ("a=₹ 50%&b=</script>'\"", "a=%E2%82%B9%2050%25&b=%3C/script%3E%27%22"),
        ("a=1\r\nSet-Cookie: x", "a=1%0D%0ASet-Cookie:%20x"),
        ("a=1#top", "a=1"),
    ],
)
def test_a_query_is_safe_in_a_url_and_stays_what_it_was(given: str, normal: str) -> None:
    assert normal_query(given) == normal == normal_query(normal)


def test_a_query_too_long_or_of_no_text_is_refused_in_a_sentence() -> None:
    assert len(normal_query("a" * MAX_QUERY)) == MAX_QUERY
    with pytest.raises(NoteError, match="has 4001 characters, may have 4000; remove some of the filter"):
        normal_query("a" * (MAX_QUERY + 1))
    with pytest.raises(NoteError, match="what is no text"):
        normal_query("a=\ud800")


@pytest.mark.parametrize(
    "text", ["", "2026-13-01", "2026-02-29", "20260701", "2026-W01-1", "1899-12-31", "2200-01-01", "x" * 500]
)
def test_a_day_is_an_iso_date_of_our_time(text: str) -> None:
    with pytest.raises(NoteError, match="must be a date from 1900 to 2199; write it as 2026-07-31") as caught:
        known_day(text)
    assert len(str(caught.value)) < 120


def test_a_leap_day_is_a_day() -> None:
    assert known_day("2028-02-29").isoformat() == "2028-02-29"
