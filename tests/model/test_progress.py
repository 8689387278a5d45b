from model.progress import Progress


def test_phases_are_told_with_how_many_are_done() -> None:
    told: list[tuple[str, int, int]] = []
    progress = Progress(lambda *phase: told.append(phase), 1)
    progress.begin("reading")
    progress.expect(1)
    progress.begin("growing")
    assert told == [("reading", 0, 1), ("growing", 1, 2)]


def test_there_are_never_fewer_phases_than_have_begun() -> None:
    told: list[tuple[str, int, int]] = []
    progress = Progress(lambda *phase: told.append(phase), 0)
    progress.begin("reading")
    assert told == [("reading", 0, 1)]
