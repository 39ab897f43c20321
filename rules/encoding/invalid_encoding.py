from __future__ import annotations

from collections.abc import Iterator

from sitecheck import Edit, Example, Finding, Fix, Page, PageRule, Severity, Source, Span

SHOWN_BYTES = 4
CHARSETS = (("cp1252", "windows-1252"), ("gb18030", "GB 18030"), ("cp932", "Shift JIS"), ("cp949", "EUC-KR"))


class InvalidEncoding(PageRule):
    """The file holds bytes that are not of its encoding.

    Pages are read as UTF-8 unless a byte order mark or `<meta charset>` says otherwise. Bytes that are not valid there
    show as `�` to a visitor. Most often the file, or a line pasted into it, was saved as Windows-1252; the fix reads
    the bytes as the likeliest charset and writes them as UTF-8. Check the result: a charset can be guessed, not known.

    Wrong when the server declares the charset in a header; say so in the page as well.
    """

    severity = Severity.ERROR
    examples = (
        Example(
            """
            > caf\udce9 au lait
                 ^ byte 0xE9 at offset 3 is not UTF-8; it is 'é' in windows-1252
            """,
            fixed="""
            > café au lait
            """,
        ),
        Example("café au lait"),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        source = page.source
        if source.lossy:
            yield _unreadable(source)
        elif source.declared and source.encoding == "utf-8":
            message = f"the page declares {source.declared}, but its bytes are UTF-8"
            yield Finding(Span(0, 0), message, help='write <meta charset="utf-8">')
        if is_utf16(source.raw[:4096]):
            yield Finding(Span(0, 0), "every other byte is 0: this is likely UTF-16 without a byte order mark")
            return
        for stretch in source.undecodable():
            charset, shown = likely_charset(stretch.raw)
            shown_bytes = " ".join(f"0x{byte:02X}" for byte in stretch.raw[:SHOWN_BYTES])
            more = " …" if len(stretch.raw) > SHOWN_BYTES else ""
            one = len(stretch.raw) == 1
            message = (
                f"byte{'' if one else 's'} {shown_bytes}{more} at offset {stretch.byte} "
                f"{'is' if one else 'are'} not {source.encoding.upper()}"
            )
            fix = None
            if charset and source.encoding == "utf-8":
                message += f"; {'it is' if one else 'they are'} '{shown[:SHOWN_BYTES]}{more}' in {charset}"
                edit = Edit(stretch.start, stretch.end, shown)
                fix = Fix.by(edit, safe=False, title=f"read as {charset}, write as UTF-8")
            yield Finding(Span(stretch.start, stretch.end), message, fix)


def is_utf16(raw: bytes) -> bool:
    """Whether bytes without a mark are UTF-16: Latin text has a zero in every second byte, and in no other."""
    zeros = raw[0::2].count(0), raw[1::2].count(0)
    return max(zeros) > len(raw) / 3 and min(zeros) < len(raw) / 20


def likely_charset(raw: bytes) -> tuple[str, str]:
    """The charset that the bytes are likely of, and what they read as in it; empty where none fits.

    A stretch is a few bytes between ASCII, too few for statistics. On western pages it is Windows-1252 where that has
    a letter or a mark for each of them; otherwise a charset of two bytes a character.
    """
    for charset, name in CHARSETS:
        try:
            shown = raw.decode(charset)
        except UnicodeDecodeError:
            continue
        if shown.isprintable() and (charset == "cp1252" or all(ord(character) > 0x2000 for character in shown)):
            return name, shown
    return "", ""


def _unreadable(source: Source) -> Finding:
    return Finding(
        Span(0, 0),
        f"the byte order mark says {source.encoding.upper()}, but not all bytes are valid there",
        help="save the file as UTF-8",
    )
