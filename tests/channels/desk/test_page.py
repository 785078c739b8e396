"""What the page knows by itself is what the server knows."""

import re

from api.desk.labels import OUTCOMES
from channels.desk.pages import STATIC


def test_the_page_offers_every_outcome_in_the_words_of_the_server() -> None:
    source = (STATIC / "acting.js").read_text()
    assert dict(re.findall(r'^  \["(\w+)", "(.+)"\],$', source, re.MULTILINE)) == OUTCOMES


def test_the_page_holds_no_code_and_no_style_of_its_own() -> None:
    page = (STATIC / "desk.html").read_text()
    assert re.findall(r"<script(?![^>]* src=)|<style|\s(?:style|on\w+)=", page) == []
    assert page.count("<h1") == 1
