import io
import zipfile

from semantic.zipped import zip_pieces


def test_an_archive_in_pieces_opens_like_any_other() -> None:
    files = {"a.csv": iter([b"x" * 1000, b"y"]), "about.txt": ["Gerät".encode()]}
    with zipfile.ZipFile(io.BytesIO(b"".join(zip_pieces(files)))) as archive:
        assert archive.testzip() is None
        assert archive.read("a.csv") == b"x" * 1000 + b"y"
        assert archive.read("about.txt").decode() == "Gerät"


def test_what_is_written_is_sent_before_the_next_piece_is_made() -> None:
    asked = []

    def pieces():
        for number in range(100):
            asked.append(number)
            yield number.to_bytes(4, "big") * 10_000

    next(zip_pieces({"a": pieces()}))
    assert asked == [0]
