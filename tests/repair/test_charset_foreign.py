"""Healthy pages in other languages stay as they are."""

from __future__ import annotations

import pytest

from pipelines.repair.charset import decide

KOREAN = (
    "<p>정보공개 청구는 누구나 할 수 있으며 처리 기한은 열흘입니다. 자세한 내용은 누리집을 참고하시기 바랍니다.</p>"
)
JAPANESE = (
    "<p>情報公開制度の運用状況をまとめました。開示請求は二百件あり、すべて期限内に処理しています。ページの先頭へ</p>"
)
RUSSIAN = "<p>Отчёт о деятельности администрации города за прошедший год опубликован на официальном сайте.</p>"
FRENCH = "<p>Le rapport annuel de l'année écoulée a été publié ; les données détaillées sont à télécharger.</p>"
GERMAN = "<p>Der Jahresbericht über die Tätigkeit der Behörde für das Jahr 2019 liegt vor. Größe: 3 Übersichten</p>"
POLISH = (
    "<p>Sprawozdanie roczne zostało ogłoszone; wnioski można składać również drogą elektroniczną, część źródeł.</p>"
)
ARABIC = "<p>نشر التقرير السنوي عن عمل البلدية في الموقع الرسمي، ويمكن تقديم الطلبات إلكترونيا خلال عشرة أيام</p>"
UYGHUR = "<p>ھۆكۈمەت ئۇچۇرلىرىنى ئاشكارىلاش يىللىق دوكلاتى ئېلان قىلىندى، ئىلتىماس قىلىپ ئاشكارىلاش</p>"
TIBETAN = "<p>སྲིད་གཞུང་གི་ཆ་འཕྲིན་མངོན་པར་བྱེད་པའི་ལོ་འཁོར་སྙན་ཞུ།</p>"
MONGOLIAN = "<p>ᠵᠠᠰᠠᠭ ᠤᠨ ᠣᠷᠳᠣᠨ ᠤ ᠮᠡᠳᠡᠭᠡ ᠢᠯᠡ ᠪᠣᠯᠭᠠᠬᠤ</p>"


def page(text: str, charset: str) -> str:
    return f'<html><head><meta charset="{charset}"></head><body>{text}</body></html>'


@pytest.mark.parametrize(
    ("text", "codec", "charset"),
    [
        (KOREAN, "euc-kr", "euc-kr"),
        (JAPANESE, "shift_jis", "shift_jis"),
        (JAPANESE, "euc-jp", "euc-jp"),
        (JAPANESE, "iso-2022-jp", "iso-2022-jp"),
        (RUSSIAN, "windows-1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (FRENCH, "iso-8859-1", "iso-8859-1"),
        (FRENCH.replace("'", "’"), "windows-1252", "windows-1252"),
        (GERMAN, "iso-8859-1", "iso-8859-1"),
        (POLISH, "iso-8859-2", "iso-8859-2"),
        (ARABIC, "windows-1256", "windows-1256"),
    ],
)
def test_a_truthful_declaration_of_another_charset_is_followed(text: str, codec: str, charset: str) -> None:
    source = page(text, codec)
    decoded = decide(source.encode(codec), {})
    assert (decoded.text, decoded.charset) == (source, charset)
    assert decoded.findings == []


@pytest.mark.parametrize("text", [KOREAN, JAPANESE, RUSSIAN, FRENCH, GERMAN, POLISH, UYGHUR, TIBETAN, MONGOLIAN])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "big5", "iso-8859-1"])
def test_valid_utf8_in_any_language_is_utf8(text: str, declared: str) -> None:
    source = page(text, declared)
    decoded = decide(source.encode(), {"Content-Type": f"text/html; charset={declared}"})
    assert (decoded.text, decoded.charset, decoded.findings) == (source, "utf-8", [])


@pytest.mark.parametrize("text", [KOREAN, JAPANESE, RUSSIAN, UYGHUR, TIBETAN, MONGOLIAN])
def test_a_damaged_byte_does_not_turn_another_language_into_chinese(text: str) -> None:
    source = page(text, "utf-8").encode()
    at = [place for place, byte in enumerate(source) if byte > 0x7F][9]
    decoded = decide(source[:at] + source[at + 1 :], {})
    assert decoded.charset == "utf-8"
    assert 1 <= decoded.text.count("\ufffd") <= 2


@pytest.mark.parametrize("text", [FRENCH, GERMAN])
def test_undeclared_accents_are_not_taken_for_chinese(text: str) -> None:
    assert decide(text.encode("iso-8859-1"), {}).text == text


def test_an_undeclared_alphabet_is_read_when_it_is_plainly_one() -> None:
    assert decide(RUSSIAN.encode("windows-1251") * 3, {}).text == RUSSIAN * 3


def test_heavily_damaged_chinese_is_not_taken_for_an_alphabet() -> None:
    lines = "政府信息公开\n年度报告编制\n依申请公开件\n".encode("gbk").split(b"\n")
    body = b"\n".join(line[:3] for line in lines) * 5
    decoded = decide(body, {})
    assert decoded.charset == "gb18030"
    assert decoded.text.count("政") == 5


@pytest.mark.parametrize(("text", "codec"), [(UYGHUR, "gb18030"), (MONGOLIAN, "gb18030"), (JAPANESE, "gb18030")])
def test_other_scripts_beside_chinese_in_gb18030_are_read(text: str, codec: str) -> None:
    source = page("<p>自治区人民政府办公厅关于印发政府信息公开工作要点的通知</p>" * 3 + text, "gb18030")
    assert decide(source.encode(codec), {}).text == source
