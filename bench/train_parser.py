"""Train the statistical parser of references, and measure it.

    python bench/train_parser.py core.xml [--test good.xml] [--output sitecheck/citations/references.crfsuite]

It learns from AnyStyle's core set, `res/parser/core.xml` of anystyle-io/anystyle (BSD-2-Clause), which is not part of
this project. Another set of theirs, `good.xml`, measures it.
"""

from __future__ import annotations

import argparse
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pycrfsuite  # type: ignore[import-untyped]  # has no types
from measure import interval

from sitecheck.citations import model
from sitecheck.citations.reference_features import features

Sequence = tuple[list[str], list[str]]
FOLDED = {
    **dict.fromkeys(("director", "producer"), "author"),
    **dict.fromkeys(("source", "medium", "isbn"), "note"),
    "collection-title": "container-title",
}
"""Labels too rare to be learned, and what stands for them. The test counts AnyStyle's own labels all the same."""


def sequences(path: Path) -> list[Sequence]:
    """The references of a file: words, and the label of each."""
    found = []
    for reference in ElementTree.parse(path).getroot():  # noqa: S314  # see above
        words: list[str] = []
        labels: list[str] = []
        for part in reference:
            own = model.words(part.text or "")
            words += own
            labels += [part.tag] * len(own)
        if words:
            found.append((words, labels))
    return found


def train(data: list[Sequence], output: Path) -> None:
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.5, "c2": 0.05, "max_iterations": 80, "feature.possible_transitions": True})
    for words, labels in data:
        trainer.append(features(words), model.with_beginnings([FOLDED.get(own, own) for own in labels]))
    trainer.train(str(output))


def measure(data: list[Sequence]) -> None:
    started = time.process_time()
    told = [model.label(words) for words, _ in data]
    seconds = time.process_time() - started
    right = sum(
        own == label
        for (_, labels), found in zip(data, told, strict=True)
        for own, label in zip(found, labels, strict=True)
    )
    total = sum(len(labels) for _, labels in data)
    whole = sum(found == labels for (_, labels), found in zip(data, told, strict=True))
    low, high = interval(whole, len(data))
    print("| references | words right | whole right | 95% | references a second | model |\n|---|---|---|---|---|---|")
    size = Path(model.PATH).stat().st_size / 1e6
    shares = f"{right / total:.4f} | {whole / len(data):.4f} | [{low:.3f}, {high:.3f}]"
    print(f"| {len(data)} | {shares} | {len(data) / seconds:.0f} | {size:.2f} MB |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("core", type=Path, nargs="?")
    parser.add_argument("--test", type=Path)
    parser.add_argument("--output", type=Path, default=Path(model.PATH))
    arguments = parser.parse_args()
    if arguments.core:
        train(sequences(arguments.core), arguments.output)
    if arguments.test:
        measure(sequences(arguments.test))
