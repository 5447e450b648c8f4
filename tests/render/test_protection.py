"""A protected word is found in every ordinary spelling, and in no other word."""

import pytest

from generator.render.protection import protected_problems, tells

SPELLINGS = [
    ("Королёв", "адвокат Королев и Королева"),
    ("Королев", "видели КОРОЛЁВА"),
    ("Королёв", "видели Королёва"),  # taken apart
    ("врач", "это вpaч"),  # Latin p and a
    ("вpaч", "это врачи"),
    ("Bepa", "была Вера дома"),  # all letters of the other script
    ("Вера", "была Bepa дома"),
    ("Rahim", "это Rаhim"),  # Cyrillic а
    ("ЛГБТ-центр", "в ЛГБТ‑центре"),  # non-breaking hyphen
    ("ЛГБТ-центр", "в ЛГБТ–центре"),
    ("ЛГБТ–центр", "в лгбт-центре"),
    ("О'Нил", "это О’Нил"),
    ("О’Нил", "это ОʼНил"),
    ("+992 90 000 0001", "телефон +992900000001"),
    ("+992900000001", "телефон 992 (90) 000-00-01"),
    ("А 1234567", "паспорт A1234567"),
    ("Ӯроқов", "видели Уроков"),
    ("Ҳошимӣ", "видели Хошими"),
    ("Қодиров Ғафур", "видели  Кодиров\nГафур"),
    ("Раҷабов", "видели Рачабов и Раджабов"),
    ("Раҷабов", "видели Раджабова"),
    ("Раджабов", "видели Раҷабов"),
    ("Уроков", "Ӯроқов"),
    ("зюйд", "зю\u00adйд"),
]


@pytest.mark.parametrize(("word", "text"), SPELLINGS)
def test_an_ordinary_spelling_of_a_protected_word_is_found(word, text):
    """ё and е, look-alike letters, dashes, apostrophes, parted numbers, Tajik letters written with Russian ones."""
    assert tells(text, [word])
    assert protected_problems([], {"txt": text.encode()}, [word], [])


OTHERS = [
    ("сор", "a copy of the record"),
    ("сом", "http://schemas.microsoft.com/office"),
    ("17", "1 7"),  # so few digits are no number
    ("12345", "123 и 45"),
    ("Вера", "a.beparted"),
]


@pytest.mark.parametrize(("word", "text"), OTHERS)
def test_a_word_that_only_looks_a_little_alike_is_let_through(word, text):
    """Latin words are not read as Cyrillic ones within longer words, nor figures apart as one number."""
    assert not tells(text, [word])
