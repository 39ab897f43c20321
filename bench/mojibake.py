"""How well and how fast mojibake is repaired: `python bench/mojibake.py [--seeds 1 2 3] [--data DIR]`.

Clean sentences are broken in known ways and repaired again; ftfy's `fix_encoding` per line stands in the same table.
The held-out sentences are for judging, not for tuning. DIR, where present, adds real lines and real pages.
"""

import argparse
import difflib
import html
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import ftfy

from sitecheck.mojibake import Repair, apply, find_repairs, suspicious

CODECS = ("cp1252", "latin-1", "cp1250", "cp1251", "mac_roman", "cp437", "cp850")
TUNING = """
Née à Besançon, elle a étudié à l’École normale supérieure – “mention très bien”.
L’équipe a reçu le prix de l’Académie des sciences pour ses travaux sur les réseaux.
Die Universität Tübingen fördert größere Projekte über Wärmeübertragung in Österreich.
„Künstliche Intelligenz für Ärzte“ heißt das Buch von Jürgen Müßig und Käthe Groß.
El Niño afectó a los cafés de Bogotá; ¿quién lo midió? La Dra. Muñoz Ibáñez, en 1998.
Publicó “Señales y sistemas” con José Ángel Ordóñez en la Universidad de Córdoba.
A São Paulo Conference on Computação Gráfica aceitou 37 artigos, três de João Gonçalves.
Informações: a defesa será às 14h, no auditório do câmpus de Florianópolis.
Łukasz Świątek i Małgorzata Żółkiewska pracują w Gdańsku nad łączeniem źródeł.
Uniwersytet Jagielloński w Krakowie ogłosił konkurs dla młodych badaczy.
Jiří Dvořák přednáší na Univerzitě Karlově o strojovém učení a čištění dat.
Příliš žluťoučký kůň – Žofie Čížková, Šimon Růžička, Ústí nad Labem.
Boğaziçi Üniversitesi’nde çalışan Ayşe Öztürk, İstanbul’da doğdu ve büyüdü.
Gökçe Işık, Çağla Şahin ve İbrahim Güneş’in yeni çalışması ödül aldı.
Erdős Pál és Lovász László együttműködése; a szegedi egyetemről Szűcs Gergő írt.
A műszaki főiskolán Kőszegi Tünde kutatásai – gépi tanulás és nyelvfeldolgozás.
Åse Bjørnstad og Søren Kærgård målte temperaturen i Tromsø og på Ålesund lufthavn.
Forskningsrådet i Göteborg gav Björn Håkansson ett särskilt anslag för år 2021.
Universitatea din București și Ștefan Țurcanu au măsurat încălzirea apelor.
Învățământul românesc: Ioana Brânză și Răzvan Pîrvulescu, Timișoara.
Το Πανεπιστήμιο Αθηνών δημοσίευσε νέα αποτελέσματα για την αστρονομία.
Η Ελένη Παπαδοπούλου διδάσκει μαθηματικά στη Θεσσαλονίκη και την Κρήτη.
Московский университет объявил приём в аспирантуру по прикладной математике.
Наталья Иванова и Фёдор Щукин изучают обучение с подкреплением в Казани.
清华大学计算机系招收博士研究生，研究方向包括机器学习。
我们的论文被国际会议录用，代码已经公开。
東京大学の研究室では、画像認識とロボットの研究をしています。
京都で開かれた学会で、新しいアルゴリズムを発表しました。
Nguyễn Thị Hồng và Trần Đức Minh làm việc tại Đại học Bách khoa Hà Nội.
Phương pháp học sâu được ứng dụng để dịch tiếng Việt – những kết quả đầu tiên.
She said: “It’s the model’s data—not the labels—that matters…” and left.
The ‘best paper’ award (pp. 17–29) went to Zoë’s group; see the authors’ page.
© 2021 Réseau™ Inc. ® All rights reserved · 25 °C ± 2 °C · 10 µm × 4 µm
We show that α ≤ β implies ∇f → 0 as n → ∞, with σ² ≈ 0.5 and λ ≠ μ.
Check out our new demo 🎉 and dataset 📊 — code & models are out 🚀!
• Best Student Paper ★ NeurIPS’19 – “Attention, please” ✓ 3 × 4 grid, 90° rotation
Professor Chloë Brontë’s talk on naïve Bayes, façade detection and coöperation.
Þórunn Ægisdóttir frá Háskóla Íslands, Reykjavík, um norðurljós og jökla.
Dr. Håvard Østby, Prof. Łucja Ćwik, Dr. Iñaki Echeverría – “Joint work, €2.5M”.
Temperature rose by 1.5 °C – 2.0 °C (½ of models); cost £300 ≈ €350 § 4.2 ¶ 3.
""".strip().split("\n")
HELD_OUT = """
Le théorème de Poincaré–Hopf : « où l’indice d’un zéro isolé » – prépublication, août 2019.
François Lefèvre & Noël Crèvecœur, maîtres de conférences à Nîmes, ont soutenu leur thèse.
Das Fraunhofer-Institut für Größenmessung in Düsseldorf: „höchste Präzision“, sagt Frau Böhm.
La investigación del Dr. Peña Núñez (Universidad de Málaga) obtuvo una beca en Logroño.
Avaliação de métodos estatísticos: Conceição Magalhães e Antônio Falcão, Évora.
Zbigniew Wójcik, Politechnika Łódzka: “Badania nad językiem” – część pierwsza i następne.
Růžena Hájková a Ondřej Šťastný z Brna: větší přesnost měření než dříve.
Müşerref Yıldız’ın tezi, Eskişehir’de açık erişimle yayımlandı; öğrenciler çok sevindi.
Győri Ágnes és Tóth Ödön előadása a hűtőgépek működéséről, ősszel.
Marte Løvås, Universitetet i Bergen, om språk og læring; også på nynorsk.
Facultatea de Științe Economice și Gestiunea Afacerilor, Țara Moților, mâine.
Η έρευνα του Γιώργου Κωνσταντίνου για τη γλώσσα υποστηρίζεται από την Ευρώπη.
Новая статья о нейронных сетях вышла в журнале; авторы — Щербаков и Юдина.
北京大学的博士生在会议上报告了新的优化方法。
大阪府立大学で自然言語処理を学び、現在は研究員です。
Lê Quang Đạo giảng dạy tại Trường Đại học Sư phạm Thành phố Hồ Chí Minh.
“We don’t know yet”, she wrote – it’s a ‘work in progress’… and that’s fine.
© 2024 The Authors™ – 95 % CI: 1.2 ± 0.3 µg, 20 °C, 5 × 5 cm², § 3 ¶ 1, £20, €30
For ε > 0, ∃ δ: |x − y| ≤ δ ⇒ |f(x) − f(y)| < ε; hence ∑ aₙ → π²/6 ≈ 1.64.
News 📢: two papers accepted 🎓🥳 – see you in Zürich!
""".strip().split("\n")

PROSE = "We evaluate our models on the new benchmark, and report the results of all of them in the table below."


class Case(NamedTuple):
    """A file: each line as it was, as it is, and the spans (code points) that were broken."""

    good: list[str]
    bad: list[str]
    spans: list[list[tuple[int, int]]]


def broken(text: str, codec: str) -> str | None:
    """`text`, its UTF-8 read as `codec`; `None` where no such reading exists (a sloppy cp1252 reads all)."""
    try:
        return "".join(_char(byte, codec) for byte in text.encode())
    except UnicodeDecodeError:
        return None


def _char(byte: int, codec: str) -> str:
    if codec == "cp1252" and byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D):
        return chr(byte)
    return bytes([byte]).decode(codec)


def break_line(
    line: str, codec: str, times: int, share: float, rng: random.Random
) -> tuple[str, list[tuple[int, int]]]:
    """`line` with a `share` of its non-ASCII runs broken, and the spans of those."""
    out, spans = "", []
    for piece in re.split(r"([^\x00-\x7f]+)", line):
        bad: str | None = piece
        if not piece.isascii() and rng.random() < share:
            for _ in range(times):
                bad = bad and broken(bad, codec)
            bad = bad or piece
        if bad != piece:
            spans.append((len(out), len(out) + len(bad or "")))
        out += bad or ""
    return out, spans


def cases(sentences: list[str], codec: str, manner: str, rng: random.Random) -> Iterator[Case]:
    """Files of eight lines. Manner: whole, mixed (half of the runs), single (one line of the file), double."""
    times, share = (2 if manner == "double" else 1), (0.5 if manner == "mixed" else 1.0)
    for _ in range(40):
        good = rng.sample(sentences, min(8, len(sentences)))
        chosen = rng.randrange(len(good))
        pairs = [
            break_line(line, codec, times, share, rng) if manner != "single" or i == chosen else (line, [])
            for i, line in enumerate(good)
        ]
        yield Case(good, [bad for bad, _ in pairs], [spans for _, spans in pairs])


def by_ftfy(lines: list[str]) -> list[list[Repair]]:
    """What ftfy would do to each line, as spans."""
    found = []
    for line in lines:
        fixed = ftfy.fix_encoding(line)
        blocks = difflib.SequenceMatcher(None, line, fixed, autojunk=False).get_opcodes() if fixed != line else []
        found.append([Repair(a, b, fixed[c:d], True, "run", "ftfy") for tag, a, b, c, d in blocks if tag != "equal"])
    return found


def score(files: list[Case], repair: Callable[[list[str]], list[list[Repair]]], tally: Counter[str]) -> None:
    for case in files:
        for good, bad, spans, found in zip(case.good, case.bad, case.spans, repair(case.bad), strict=True):
            inside = [r for r in found if any(a <= r.start and r.end <= b for a, b in spans)]
            tally["right span"] += len(inside)
            tally["span"] += len(found)
            if spans:
                tally["broken"] += 1
                tally["exact"] += apply(bad, found) == good
                tally["sure exact"] += apply(bad, [r for r in found if r.confirmed]) == good
            elif found:
                tally["clean changed"] += 1
                tally["clean changed surely"] += any(r.confirmed for r in found)


def synthetic(seeds: list[int]) -> None:
    tools = {"runs": find_repairs, "ftfy": by_ftfy}
    print(f"{'text':9}{'manner':8}{'codec':10}" + "".join(f"{t + ' exact':>12}{'sure':>7}{'span P':>8}" for t in tools))
    for name, sentences in (("tuning", TUNING), ("held out", HELD_OUT)):
        for manner in ("whole", "mixed", "single", "double"):
            total = {tool: Counter[str]() for tool in tools}
            for codec in CODECS:
                rngs = [random.Random(f"{seed} {codec} {manner}") for seed in seeds]
                files = [case for rng in rngs for case in cases(sentences, codec, manner, rng)]
                row = {tool: Counter[str]() for tool in tools}
                for tool, repair in tools.items():
                    score(files, repair, row[tool])
                    total[tool] += row[tool]
                _row(name, manner, codec, row)
            _row(name, manner, "all", total)


def _row(name: str, manner: str, codec: str, tallies: dict[str, Counter[str]]) -> None:
    cells = ""
    for tally in tallies.values():
        broken_lines, spans = max(tally["broken"], 1), max(tally["span"], 1)
        exact, sure = tally["exact"] / broken_lines, tally["sure exact"] / broken_lines
        cells += f"{exact:12.3f}{sure:7.3f}{tally['right span'] / spans:8.4f}"
        if tally["clean changed"]:
            cells += f" ({tally['clean changed']} clean lines changed, {tally['clean changed surely']} surely)"
    print(f"{name:9}{manner:8}{codec:10}{cells}")


def real_lines(folder: Path) -> None:
    """Lines as found on the web. Other rules answer for some kinds; the reader masks code spans."""
    others = {"double-escaped", "latex-in-md", "ligature+hyphenation", "hyphenation"}
    done = total = 0
    for case in map(json.loads, (folder / "real_examples.jsonl").read_text("utf-8").splitlines()):
        text = html.unescape(case["text"]) if case["kind"] == "entity-named" else case["text"]
        if case["kind"] in others:
            continue
        total += 1
        got = apply(text, find_repairs([text])[0])
        done += got == case["expected"]
        if got != case["expected"]:
            print(f"  not repaired ({case['kind']}): {text[:60]!r} -> {got[:60]!r}")
    print(f"real broken lines repaired: {done} of {total}")
    for case in map(json.loads, (folder / "real_negatives.jsonl").read_text("utf-8").splitlines()):
        text = re.sub(r"(?<!`)`[^`]+`(?!`)", lambda m: "x" * len(m[0]), case["text"])
        for repair in find_repairs([text])[0]:
            print(f"  clean line changed: {text!r} {repair}")


def real_pages(folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".tsv"]
    pages = [path.read_bytes().decode("utf-8", "surrogateescape").split("\n") for path in files]
    size = sum(path.stat().st_size for path in files) / 1e6
    start = time.process_time()
    found = [repair for page in pages for repairs in find_repairs(page) for repair in repairs]
    seconds = time.process_time() - start
    print(f"real pages: {len(pages)} files, {size:.1f} MB, {len(found)} findings, {size / seconds:.0f} MB/s")
    for repair in found:
        print(f"  {repair}")


def speed(seed: int) -> None:
    rng = random.Random(seed)
    clean = [rng.choice(TUNING) for _ in range(10_000)]
    western = [line for line in clean if not re.search("[\u0370-\u04ff\u3000-\u9fff]", line)]
    rate("suspicious, clean, all languages", clean, lambda lines: [suspicious(line) for line in lines])
    rate("suspicious, clean, Latin script", western, lambda lines: [suspicious(line) for line in lines])
    rate("find_repairs, clean", clean, find_repairs)
    for codec in ("cp1252", "cp1251", "mac_roman"):
        rate(f"find_repairs, all broken in {codec}", [broken(line, codec) or line for line in clean], find_repairs)
    prose = [f"{PROSE} {broken(line, 'cp1252')}" for line in western]
    rate("find_repairs, a broken sentence after each ASCII one", prose, find_repairs)
    rate("ftfy, all broken in cp1252", [broken(line, "cp1252") or line for line in clean[:500]], by_ftfy)
    for unit in ("Ã", "â€", "Â", "Ã©", "ÃâÂ€", "ä¸", "√", "Ð° ", "\x80 "):
        quarter, whole = (_seconds(partial(find_repairs, [unit * (size // len(unit))])) for size in (16_200, 64_800))
        print(f"one line of 64,800 {unit!r}: {whole:.3f} s, {whole / quarter:.1f} times a quarter of it")


def rate(name: str, lines: list[str], work: Callable[[list[str]], object]) -> None:
    """Print the rate of the first time and of the best: readings are remembered from file to file."""
    size = sum(len(line.encode()) for line in lines) / 1e6
    rates = [size / _seconds(lambda: work(lines)) for _ in range(3)]
    print(f"{name}: {rates[0]:.1f} MB/s at first, {max(rates):.1f} at best")


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    args = parser.parse_args()
    synthetic(args.seeds)
    for part, measure in (("mojibake", real_lines), ("corpus", real_pages)):
        if (args.data / part).is_dir():
            measure(args.data / part)
        else:
            print(f"skipped: {args.data / part} is not there")
    speed(args.seeds[0])


if __name__ == "__main__":
    main()
