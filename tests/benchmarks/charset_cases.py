"""Pages in known charsets, whole and damaged, and how well decoders read them.

`python -m tests.benchmarks.charset_cases` prints the table; `cases()` and `measure()` are for other benchmarks.
A case is right when the decoded text is at least 97 % the same as the page before it was encoded.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice, product
from pathlib import Path

from rapidfuzz.distance import Indel

from pipelines.repair.charset import decide
from pipelines.repair.opencc_tables import character_pairs

CORPUS = Path(__file__).parent.parent / "corpus"
RIGHT = 0.97
CLEAN_FLOOR = 0.999
DAMAGED_FLOOR = 0.995

ENCODINGS = ("utf-8", "gb2312", "gbk", "gb18030", "big5", "hz", "utf-16")
SIZES = (200, 1000, 5000, 36_000)  # bytes of text; the last is a whole portal page, 60 KB with its scripts
DECLARATIONS = ("true", "false", "none")
DAMAGES = ("clean", "lost", "extra")
TEXTS = 12

_CHINESE = {"utf-8", "gb2312", "gbk", "gb18030", "big5", "hz", "utf-16"}
_FALSE = ("utf-8", "gb2312", "big5", "iso-8859-1", "gbk", "windows-1251", "shift_jis", "euc-kr")
_FOUR_BYTES = "㑇䶮㛃𠮷𡐓ᠮᠣ"  # in GB18030 but in no pair of GBK: names, Mongolian
_PINYIN = ("公(gōng)", "开(kāi)", "政(zhèng)")


@dataclass(frozen=True, slots=True)
class Case:
    """A page as it would arrive (`body`) and as it ought to be read (`text`)."""

    encoding: str
    size: int
    declaration: str
    damage: str
    body: bytes
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """How one decoder did: shares right, and milliseconds a whole page (median)."""

    decoder: str
    clean: float
    damaged: float
    by_encoding: dict[str, float]
    false_declaration: float
    page_ms: float
    wrong: list[Case]


Decoder = Callable[[bytes], str]


def corpus_text() -> str:
    """The clean reports of `tests/corpus`, one after the other."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt")))


def cases(texts: int = TEXTS, seed: int = 2019) -> Iterator[Case]:
    """Every encoding × size × declaration × damage, each over `texts` different texts: 252 × `texts` cases."""
    generator = random.Random(seed)
    corpus = corpus_text()
    to_traditional = str.maketrans({plain: form for form, plain in character_pairs()})
    for encoding, size, declaration, damage, number in product(ENCODINGS, SIZES, DECLARATIONS, DAMAGES, range(texts)):
        start = generator.randrange(len(corpus))
        source = "".join(islice(cycle(corpus), start, start + size))
        text = _in_charset(_dressed(source, encoding, number, to_traditional), encoding, size)
        page = _page(text, _declared(encoding, declaration, generator), is_whole=size == SIZES[-1])
        codec = ("utf-16", "utf-16-le", "utf-16-be")[number % 3] if encoding == "utf-16" else encoding
        body = page.encode(codec)
        yield Case(encoding, size, declaration, damage, _damaged(body, page, codec, damage, generator), page)


def _dressed(text: str, encoding: str, number: int, to_traditional: dict[int, str]) -> str:
    """The text with what makes the encoding worth having: Traditional for Big5, pinyin in GBK, rare names in GB18030."""
    if encoding == "big5" or (encoding == "gbk" and number % 3 == 1):
        return text.translate(to_traditional)
    if encoding == "gbk" and number % 3 == 2:
        for annotated in _PINYIN:
            text = text.replace(annotated[0], annotated)
    if encoding == "gb18030":
        name = _FOUR_BYTES[number % len(_FOUR_BYTES)]
        text = text.replace("，", f"，{name}", 3).replace("。", f"{name}。", 200)
    return text


def _in_charset(text: str, encoding: str, size: int) -> str:
    kept = "".join(text).encode(encoding, "ignore").decode(encoding)
    width = 3 if encoding == "utf-8" else 2
    kept = kept[: size // width]
    return kept.replace("~", "-") if encoding == "hz" else kept


def _declared(encoding: str, declaration: str, generator: random.Random) -> str:
    gb_names = {"gb2312", "gbk", "gb18030"}
    if declaration == "none":
        return ""
    if declaration == "true":
        name = "hz-gb-2312" if encoding == "hz" else encoding
    else:
        family = gb_names if encoding in gb_names else {encoding}
        name = generator.choice([name for name in _FALSE if name not in family])
    return generator.choice(
        (f'<meta charset="{name}">', f'<meta http-equiv="Content-Type" content="text/html; charset={name}" />')
    )


def _page(text: str, meta: str, is_whole: bool) -> str:
    title, _, rest = text.partition("\n")
    paragraphs = "\n".join(f"<p>{line}</p>" for line in rest.split("\n") if line)
    script = '<script type="text/javascript">function go(u){window.open(u,"_blank");return false;}</script>\n'
    style = ".list li{line-height:28px;background:url(/images/dot.gif) no-repeat 0 50%}\n"
    head = script * 120 + "<style>\n" + style * 160 + "</style>" if is_whole else ""
    return (
        f'<html><head>{meta}{head}<title>{title}</title></head>\n<body><div id="zoom">{paragraphs}</div></body></html>'
    )


def _damaged(body: bytes, page: str, codec: str, damage: str, generator: random.Random) -> bytes:
    """One byte taken from, or put inside, a character of more bytes than one."""
    if damage == "clean":
        return body
    places = [place for place, character in enumerate(page) if character > "\x7f"]
    place = generator.choice(places)
    start, width = _bytes_of(page, place, codec)
    if damage == "lost":
        at = start + generator.randrange(width)
        return body[:at] + body[at + 1 :]
    at = start + generator.randrange(1, width)
    return body[:at] + bytes([generator.randrange(256)]) + body[at:]


def _bytes_of(page: str, place: int, codec: str) -> tuple[int, int]:
    """Where the character at `place` stands in the encoded page, and how many bytes it has."""
    if codec == "hz":  # the encoder closes its run at the end of what it is given
        before = page[:place].encode("hz")
        is_inside = place > 0 and page[place - 1] > "\x7f"
        return (len(before) - 2 if is_inside else len(before) + 2), 2
    start = len(page[:place].encode(codec))
    width = len(page[place].encode("utf-16-le" if codec == "utf-16" else codec))
    return start, width


def is_right(text: str, case: Case) -> bool:
    """Whether `text` is at least 97 % the same as the page."""
    return text == case.text or Indel.normalized_similarity(text, case.text, score_cutoff=RIGHT) >= RIGHT


def measure(name: str, decoder: Decoder, samples: Iterable[Case]) -> Row:
    """Run one decoder over the cases."""
    results: list[tuple[Case, bool]] = []
    times: list[float] = []
    for case in samples:
        begun = time.perf_counter()
        text = decoder(case.body)
        if case.size == SIZES[-1]:
            times.append(time.perf_counter() - begun)
        results.append((case, is_right(text, case)))

    def share(wanted: Callable[[Case], bool]) -> float:
        return statistics.fmean(right for case, right in results if wanted(case))

    return Row(
        decoder=name,
        clean=share(lambda case: case.damage == "clean"),
        damaged=share(lambda case: case.damage != "clean"),
        by_encoding={encoding: share(lambda case, e=encoding: case.encoding == e) for encoding in ENCODINGS},
        false_declaration=share(lambda case: case.declaration == "false"),
        page_ms=statistics.median(times) * 1000,
        wrong=[case for case, right in results if not right],
    )


def _by_name(body: bytes, name: str | None) -> str:
    """Decode by a detector's name; a GB name is given the benefit of being read as GB18030."""
    codec = (name or "utf-8").lower().replace("-", "_")
    codec = "gb18030" if codec.startswith("gb") else codec
    try:
        return body.decode("hz" if codec.startswith("hz") else codec, "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def _ours(body: bytes) -> str:
    return decide(body, {}).text


def _chardet(body: bytes) -> str:
    import chardet

    return _by_name(body, chardet.detect(body)["encoding"])


def _charset_normalizer(body: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(body).best()
    return _by_name(body, best.encoding if best else None)


def _resiliparse(body: bytes) -> str:
    from resiliparse.parse.encoding import detect_encoding

    return _by_name(body, detect_encoding(body, html5_compatible=False))


def _scrapy(body: bytes) -> str:
    from scrapy.http import HtmlResponse

    return HtmlResponse("http://www.example.gov.cn/", body=body).text


DECODERS: dict[str, Decoder] = {
    "gipr": _ours,
    "resiliparse": _resiliparse,
    "chardet": _chardet,
    "charset-normalizer": _charset_normalizer,
    "scrapy HtmlResponse": _scrapy,
}


def table(rows: Iterable[Row]) -> str:
    """The rows as text, percentages to one place."""
    lines = [
        f"{'decoder':20} {'clean':>6} {'damaged':>7} {'false':>6}  "
        + " ".join(f"{e:>8}" for e in ENCODINGS)
        + "  ms/page"
    ]
    for row in rows:
        by_encoding = " ".join(f"{100 * row.by_encoding[encoding]:8.1f}" for encoding in ENCODINGS)
        shares = f"{100 * row.clean:6.1f} {100 * row.damaged:7.1f} {100 * row.false_declaration:6.1f}"
        lines.append(f"{row.decoder:20} {shares}  {by_encoding}  {row.page_ms:7.3f}")
    return "\n".join(lines)


if __name__ == "__main__":
    generated = list(cases())
    print(f"{len(generated)} cases")
    print(table(measure(name, decoder, generated) for name, decoder in DECODERS.items()))
