"""docs/certificate.md and its plots, from what is measured."""

from tests.certificate.draws import SEED
from tests.certificate.part import Part, Section
from tests.certificate.parts import PARTS
from tests.certificate.runner import ROOT, is_whole, measured

DOCUMENT = ROOT / "docs" / "certificate.md"
IMAGES = ROOT / "docs" / "images"
HEAD = """# Certificate: what the experiment statistics promise, simulated

Written by `make certify`; do not edit. The product's own functions are called, not copies of them. Methods and
sources: [experiment](methods/experiment.md).

- **Repeat it**: `make certify` takes some minutes on two cores; `make certify PART=a` measures one part. It may be
  interrupted and goes on where it was. What is measured is kept in `build/certificate/` until the code of the part, or
  anything that it imports, changes. A short form of each part runs with the slow tests.
- **Seeds**: every cell draws from a generator of its own, seeded with {seed} and the cell, so the figures depend
  neither on the machine's speed nor on the order of work.
- **Errors**: shares of n tests come with the upper end of their 95 % interval, or with their standard error; what is
  counted exactly has none."""


def write() -> str:
    """Write the document where every part is measured, and return a sentence about it."""
    missing = [part.letter for part in PARTS.values() if not is_whole(part)]
    if missing:
        return f"The document is left as it is until every part is measured; missing: {', '.join(missing)}."
    sections = {letter: part.section(measured(part)) for letter, part in PARTS.items()}
    DOCUMENT.write_text(text_of(sections), encoding="utf-8")
    for section in sections.values():
        for name, svg in section.plots.items():
            (IMAGES / name).write_text(svg, encoding="utf-8")
    return f"Written: {DOCUMENT.relative_to(ROOT)}."


def text_of(sections: dict[str, Section]) -> str:
    """Return the document."""
    head = HEAD.format(seed=SEED)
    lines = [
        f"| {letter} | {PARTS[letter].title} | {verdict(each)} | {each.sentence} |" for letter, each in sections.items()
    ]
    summary = "\n".join(["| | what | | result |", "| --- | --- | --- | --- |", *lines])
    return "\n\n".join([head, summary, *(_part(PARTS[letter], each) for letter, each in sections.items())]) + "\n"


def verdict(section: Section) -> str:
    """Return whether a promise is kept, in words."""
    return "kept" if section.is_kept else "**falls short**"


def _part(part: Part, section: Section) -> str:
    images = [f"![{section.sentence}](images/{name})" for name in section.plots]
    promise = f"Promise: {part.promise}. **{verdict(section).strip('*').capitalize()}.** {section.sentence}"
    return "\n\n".join([f"## {part.letter}. {part.title}\n{promise}", *images, section.text.rstrip()])
