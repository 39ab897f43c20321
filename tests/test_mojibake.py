"""What a visitor's text gets back when it was decoded with the wrong charset, and what is left alone."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitecheck.mojibake import Repair, apply, find_repairs, suspicious
from sitecheck.mojibake.charsets import Charset, charsets
from sitecheck.mojibake.prefilter import MAC_AND_DOS, WINDOWS

DATA = Path(__file__).parents[2] / "shared" / "data"

CODECS = ["cp1252", "latin-1", "cp1250", "cp1251", "mac_roman", "cp437", "cp850"]
WORDS = re.findall(
    r"\S+",
    "café l’École Schrödinger-Gleichung Łódź Gdańsk Příliš žluťoučký Ångström Kőszegi Müller’s naïve São Iñaki Erdős "
    "“Attention” 1998–2004 data—not Привет москва Ελλάδα αστρονομία 東京大学 机器学习 90° x≤y 🎉 Boğaziçi Şahin Brânză",
)


def broken(text: str, codec: str) -> str:
    """`text`, its UTF-8 read as `codec`, where bytes that cp1252 leaves undefined are controls, as in browsers."""
    return "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in text.encode())


def repaired(text: str, *, sure: bool = False) -> str:
    return apply(text, [repair for repair in find_repairs([text])[0] if repair.confirmed or not sure])


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("It donâ€™t matter", "It don’t matter"),
        ("UniversitÃ© de MontrÃ©al", "Université de Montréal"),
        ("Copyright Â© 2006, 25Â°C, 5 Â± 2 ÂµM", "Copyright © 2006, 25°C, 5 ± 2 µM"),
        ("lâ€™Ã‰cole beside a valid é", "l’École beside a valid é"),
        ("BoÄŸaziÃ§i Ãœniversitesi (Ä°TÃœ)", "Boğaziçi Üniversitesi (İTÜ)"),
        ("the Î±7 receptor", "the α7 receptor"),
        ("creatieve deel ðŸ˜Š Ik", "creatieve deel 😊 Ik"),
        ("driverвЂ™s What", "driver’s What"),
        ("РџСЂРёРІРµС‚ РјРёСЂ", "Привет мир"),
        ("Universit√© de Qu√©bec, don‚Äôt", "Université de Québec, don’t"),
        ("M├╝ller ΓÇÖ isnΓÇÖt", "Müller ’ isn’t"),
        ("ŁĂłdĹş MaĹ‚gorzata", "Łódź Małgorzata"),
        ("ï»¿---", "---"),
        ("ï»¿Ã‰cole", "École"),
        ("í\xa0½í¸\x80 done", "😀 done"),
        ("donÂ’t", "don’t"),
    ],
)
def test_a_visitor_reads_what_was_meant(bad: str, good: str) -> None:
    assert repaired(bad, sure=True) == good


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("SÃƒÂ¥dan", "Sådan"),
        ("ValentineÃ¢â‚¬â„¢s", "Valentine’s"),
        (broken(broken(broken("Łódź – 東京", "cp1252"), "cp1252"), "cp1252"), "Łódź – 東京"),
    ],
)
def test_text_broken_twice_is_one_repair_per_place(bad: str, good: str) -> None:
    assert repaired(bad, sure=True) == good
    assert len(find_repairs([bad])[0]) == len(re.findall(r"[^\x00-\x7f]+", bad))


def test_a_repair_covers_the_broken_characters_only() -> None:
    assert find_repairs(["é itâ€™s é"]) == [[Repair(4, 7, "’", True, "run", "cp1252")]]


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("Network?â€? (2020)", "Network?” (2020)"),
        ("he said â€œnoâ€ again", "he said “no” again"),
        ('PowerHouseâ"¢ and 1998â€"2004', "PowerHouse™ and 1998–2004"),
        ("ReykjavÃk, quÃmica", "Reykjavík, química"),
        ("v1.0 Ã¢â‚¬â€ final", "v1.0 — final"),
        ("one.Â  Two", "one.  Two"),
        ("Ã…lesund", "Ålesund"),
    ],
)
def test_a_guess_is_offered_but_not_confirmed(bad: str, good: str) -> None:
    assert repaired(bad) == good
    assert not all(repair.confirmed for repair in find_repairs([bad])[0])


def test_proof_elsewhere_in_the_file_confirms_what_may_be_meant() -> None:
    alone, beside = find_repairs(["Ã…lesund"])[0], find_repairs(["Ã…lesund", "itâ€™s"])[0]
    assert [repair.confirmed for repair in alone + beside] == [False, True]


def test_another_codec_is_no_proof() -> None:
    assert not find_repairs(["Ã…lesund", "Universit√© de Qu√©bec"])[0][0].confirmed


def test_a_stray_control_is_the_character_cp1252_has_there() -> None:
    assert repaired("don\x92t \x93quote\x94 5 \x80\x85", sure=True) == "don’t “quote” 5 \x80\x85"
    assert repaired("wait\x85", sure=True) == "wait…"


@pytest.mark.parametrize(
    "text",
    [
        "SÃO PAULO, CONCLUSÃO, CÂMARA, C O N C L U S Ã O, IRMÃ DE MANHÃ",
        "NESTLÉ® and CAFÉ™ and PELÉ’s goal, VOCÊ… MARQUÉ… HUHLL Õ…",
        "« À\xa0» la qualité\xa0», “café”… ‘é’”, «Ya está»…",
        "SELKÄ\xa0EDELLÄ\xa0MAAHAN, 2.5 Å\xa0resolution, 3.2 Å±0.1, 10 Å², ⟨Â²⟩",
        "├── src\n│   ├─ école\n└── à faire ├┤a┼┐a┼┐a",
        "√π ≈ 1.77, a√πr, ∆°, ( o¬ô ), `¬´    ):, γ² ≈ √2·π, Offering 5×£35",
        "Её мать, РС, ПРОСЬБА, рђав, ЊЕГОВА, «Группа «В»», С.\xa0Пушкин, Р±0,5",
        "ΟΙΚΟΥΜΕΝΙΚΗ Ο\xa0λόγος ¨ανατροφή¨ ΄Ελληνας",
        "İSTANBUL ÜNİVERSİTESİ «ŞİŞLİ», RĂŞINĂ, Ăştia, déšť, příšť",
        "Þórunn Ægisdóttir, það, ``lá´´ frataraká§ Mevlânâ…” Bahâ’u’llâh",
        "MÄ£ÄM SÖÄ£ HÄPPY",
        "中文（ＡＢＣ）、東京。 한국어 ẤN ĐẠI HỌC q=áŠ\xa0and",
        "[^\\w¢-¦¨©¬®-±´¸×÷] 👩‍🔬 \ufeff middle",
        "Universityï¿½s and \ufffd",
    ],
)
def test_text_that_only_looks_broken_is_left_alone(text: str) -> None:
    assert find_repairs(text.split("\n")) == [[] for _ in text.split("\n")]


@pytest.mark.parametrize(
    ("proof", "text"),
    [
        ("WhatвЂ™s РџСЂРёРІРµС‚", "Вінниця, Рівне, дії, ЧОВЈЕКА"),
        ("РџСЂРёРІРµС‚ ÐŸÑ€Ð¸Ð²ÐµÑ‚ itâ€™s", "29\xa0nm ×\xa029"),
        ("Universit√© donâ€™t", "eleme\xa0érvénytelen, NESTLÉ®, CAFÉ™"),
    ],
)
def test_proof_in_a_file_does_not_condemn_its_sound_words(proof: str, text: str) -> None:
    assert find_repairs([text, proof])[0] == []


def test_a_picture_inside_a_word_is_not_believed() -> None:
    assert find_repairs(["Officiâš´le gecreâš´erde"]) == [[]]


texts = st.lists(st.sampled_from([*WORDS, "and", "the", "(2004)", "—"]), max_size=12).map(" ".join)
noise = st.text(st.one_of(st.sampled_from("ÃÂâ€™œÅÄ…©\xa0\x80\x9d¼ðŸ√├ΓÇРСвЂĂš “”aZ é"), st.characters()), max_size=40)


@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=8), st.sampled_from(CODECS))
def test_what_is_broken_in_one_codec_is_restored(words: list[str], codec: str) -> None:
    proof = ["isn’t “Müller” Ελλάδα αστρονομία Привет москва 東京大学"]
    lines = [" ".join(words), *proof]
    bad = [broken(line, codec) for line in lines]
    got = [apply(line, repairs) for line, repairs in zip(bad, find_repairs(bad), strict=True)]
    assert got == lines


@given(texts)
def test_clean_languages_are_silent(text: str) -> None:
    assert find_repairs([text]) == [[]]


@given(st.lists(noise, max_size=4))
def test_repairs_are_in_range_sorted_and_disjoint_and_add_nothing_dangerous(lines: list[str]) -> None:
    for line, repairs in zip(lines, find_repairs(lines), strict=True):
        borders = [border for repair in repairs for border in (repair.start, repair.end)]
        assert borders == sorted(borders)
        assert all(0 <= repair.start < repair.end <= len(line) for repair in repairs)
        added = "".join(repair.replacement for repair in repairs)
        assert not re.search("[\x00-\x9f\ufffd\ufeff\u2028-\u202e\ud800-\udfff]", added)
        assert not repairs or suspicious(line)


@given(st.lists(noise, max_size=4))
def test_confirmed_repairs_leave_nothing_to_confirm(lines: list[str]) -> None:
    sure = [[r for r in repairs if r.confirmed] for repairs in find_repairs(lines)]
    fixed = [apply(line, repairs) for line, repairs in zip(lines, sure, strict=True)]
    assert not [r for repairs in find_repairs(fixed) for r in repairs if r.confirmed]


@pytest.mark.parametrize("charset", charsets(), ids=lambda charset: charset.name)
def test_the_prefilter_knows_the_characters_of_every_charset(charset: Charset) -> None:
    alphabet = MAC_AND_DOS if charset.name in ("mac_roman", "cp437", "cp850") else WINDOWS
    short, long = re.compile(f"[{alphabet.short_leads}]"), re.compile(f"[{alphabet.short_leads}{alphabet.long_leads}]")
    continuation = re.compile(f"[{alphabet.continuations}]")
    for code, byte in charset.table.items():
        char = chr(code)
        assert not 0xC2 <= byte <= 0xDF or short.match(char), (hex(byte), char)
        assert not 0xE0 <= byte <= 0xF0 or long.match(char), (hex(byte), char)
        assert not 0x80 <= byte <= 0xBF or continuation.match(char), (hex(byte), char)


@given(st.lists(noise, max_size=4))
def test_what_was_read_before_does_not_matter(lines: list[str]) -> None:
    first = find_repairs(lines)
    find_repairs([line.swapcase() for line in lines])
    assert find_repairs(lines) == first


def loaded_after(statement: str) -> set[str]:
    """The modules that a process has loaded when it has done that."""
    program = f"import sys; from sitecheck.mojibake import *; {statement}; print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return set(ran.stdout.split())


def test_clean_text_loads_no_more_than_the_prefilter() -> None:
    loaded = loaded_after("assert find_repairs(['plain', 'déjà vu – l’été']) == [[], []]")
    assert {name for name in loaded if name.startswith("sitecheck.mojibake.")} == {"sitecheck.mojibake.prefilter"}


def test_ascii_text_compiles_no_pattern() -> None:
    loaded_after(
        "import re; compiled = re.compile; re.compile = None; assert not suspicious('plain'); "
        "re.compile = compiled; assert suspicious('donâ€™t')"
    )


def test_an_ordinary_repair_loads_no_repair_library() -> None:
    assert "ftfy" not in loaded_after("assert find_repairs(['donâ€™t â€?'])[0]")


def test_a_lone_letter_of_a_foreign_script_is_believed_in_company() -> None:
    word, letter = broken("Привет", "cp1252"), broken("и", "cp1252")
    alone, before, after = find_repairs([f"a {letter} b"])[0], f"{letter} {letter} {word}", f"{word} {letter} {letter}"
    assert not any(repair.confirmed for repair in alone)
    assert [repaired(text, sure=True) for text in (before, after)] == ["и и Привет", "Привет и и"]


def test_cp1252_is_believed_before_charsets_that_are_rarer() -> None:
    assert repaired("JoÃ£o", sure=True) == "João"


@pytest.mark.parametrize("unit", ["Ã", "â€", "Â", "Ã©", "Ãâ€Â", "ÃâÂ€", "Â\xa0", "ä¸", "ä¸­e", "√©a", "Ð° ", "Ã  "])
def test_time_grows_with_the_text_not_with_its_square(unit: str) -> None:
    def seconds(size: int) -> float:
        line = unit * (size // len(unit))
        starts = []
        for _ in range(3):
            start = time.process_time()
            find_repairs([line])
            starts.append(time.process_time() - start)
        return min(starts)

    find_repairs([unit])
    assert seconds(64_000) < 30 * seconds(8_000) + 0.01  # 8 if linear, 64 if quadratic


@pytest.mark.skipif(not (DATA / "mojibake").is_dir(), reason="the measuring data is not beside the project")
def test_real_lines_that_look_broken_are_not_surely_changed() -> None:
    for line in (DATA / "mojibake" / "real_negatives.jsonl").read_text("utf-8").splitlines():
        text = re.sub(r"(?<!`)`[^`]+`(?!`)", "code", json.loads(line)["text"])
        assert repaired(text, sure=True) == text
