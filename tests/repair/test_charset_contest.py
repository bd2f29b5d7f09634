"""The contest settles a healthy sample at once and lets every declared charset that is not Chinese have its say."""

from __future__ import annotations

import pytest

from pipelines.repair.charset import decide

CHINESE = "<p>本机关主动公开规范性文件12件全部按时上网并同步推送至政务新媒体方便群众查阅</p>\n" * 60
LONG_RUN = "本机关主动公开规范性文件全部按时上网并同步推送至政务新媒体方便群众查阅" * 30
KOREAN = "<p>정보공개 청구는 누구나 할 수 있으며 처리 기한은 열흘입니다. 자세한 내용은 누리집에 있습니다.</p>\n"
JAPANESE = "<p>情報公開制度の運用状況をまとめました。開示請求は二百件あり、すべて期限内に処理しています。</p>\n"
RUSSIAN = "<p>Отчёт о деятельности администрации города опубликован на официальном сайте.</p>\n"
GREEK = "<p>Η ετήσια έκθεση για τη δημόσια πληροφόρηση δημοσιεύθηκε στον ιστότοπο.</p>\n"


def declared(text: str, charset: str) -> str:
    return f'<html><head><meta charset="{charset}"></head><body>{text}</body></html>'


@pytest.mark.parametrize(
    "charset", ["euc-kr", "shift_jis", "windows-1251", "iso-8859-1", "koi8-r", "tis-620", "euc-jp"]
)
@pytest.mark.parametrize("codec", ["gbk", "big5"])
def test_a_false_declaration_of_another_writing_does_not_win(codec: str, charset: str) -> None:
    body = declared(CHINESE, charset).encode(codec, "ignore")
    assert decide(body, {}).text == body.decode(codec)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (KOREAN, "euc-kr"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
        (RUSSIAN, "windows-1251"),
        (RUSSIAN, "koi8-r"),
        (GREEK, "windows-1253"),
    ],
)
def test_a_long_page_in_another_writing_is_read_as_it_declares(text: str, codec: str) -> None:
    source = declared(text * 60, codec)
    decoded = decide(source.encode(codec), {})
    assert (decoded.charset, decoded.text, decoded.findings) == (codec, source, [])


@pytest.mark.parametrize("shift", range(4))
def test_a_sample_that_ends_in_half_a_character_is_no_worse_for_it(shift: int) -> None:
    text = "<p>" + "x" * shift + LONG_RUN + "</p>"
    decoded = decide(text.encode("gbk"), {})
    assert decoded.text == text
    assert "large sample" not in decoded.evidence.reason


def test_a_sample_with_more_errors_than_that_is_looked_at_closer() -> None:
    text = "".join(f"<p>本机关主动公开文件{number}件</p>\n" for number in range(100, 140))
    body = text.encode("gbk").replace("件<".encode("gbk"), b"\xbc<")
    decoded = decide(body, {})
    assert decoded.charset == "gb18030"
    assert len(decoded.evidence.tried) > 1
    assert [finding.code for finding in decoded.findings] == ["characters_lost"]
