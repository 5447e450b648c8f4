"""The invented clients of the benchmark, no two alike: as rows of a table, and as case files."""

import csv
import functools
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice, product
from pathlib import Path

import examples_batch as example

from generator.names.decline import Kind, Sex, decline
from generator.sources import read_source

FOLDER = Path(__file__).resolve().parent
BASE, MAPPING = FOLDER / "base.yaml", FOLDER / "mapping.yaml"
MOST = 10_000
SEXES: tuple[Sex, ...] = ("m", "f", "m", "f", "m")
BAD_EVERY = 100
"""Of a spoiled table each row of such a number is bad: 1 %."""
_START = datetime(2026, 5, 14, 9, 40)  # noqa: DTZ001  # local time, as in a case file
_STREETS = ("Тополиная", "Садовая", "Речная", "Школьная", "Горная", "Лесная", "Виноградная")
_PLACES = ("городской рынок «Лолазор»", "автовокзал", "чайхана «Насим»", "городской парк", "книжный магазин «Китоб»")
_MODELS = ("Samsung Galaxy A15", "Xiaomi Redmi 12", "Apple iPhone 11", "Tecno Spark 20", "Nokia 105", "Honor X8")
_PARTS: tuple[Kind, ...] = ("surname", "given_name", "patronymic")
_PAPERS = ("1", "2", "3", "5")


def rows(number: int) -> Iterator[dict[str, str]]:
    """Yield the cells of so many clients, by column, up to `MOST`; all follows from the number of the client."""
    for n, (surname, given, patronymic, sex) in enumerate(islice(_people(), number), 1):
        person = (surname, given, patronymic)
        start = _START + timedelta(minutes=7 * (n % 61), days=n % 9)
        moments = [start + timedelta(minutes=minutes) for minutes in (0, 25 + n % 4 * 5, 40 + n % 7, 240 + n % 300)]
        yield {
            "Код": f"client-{n:05}",
            "Фамилия": surname,
            "Имя": given,
            "Отчество": patronymic,
            "Пол": {"m": "м", "f": "ж"}[sex],
            "Жалоба кого": " ".join(_genitive(kind, sex, name) for kind, name in zip(_PARTS, person, strict=True)),
            "Дата рождения": f"{1 + n * 11 % 28:02}.{1 + n * 5 % 12:02}.{1960 + n * 7 % 45}",
            "Адрес": f"734000, г. Душанбе, ул. {_STREETS[n % 7]}, д. {1 + n % 211}, кв. {1 + n % 97}",
            "Телефон": f"+992 00 {n // 10_000:03} {n % 10_000:04}",
            "Согласие дано": f"{start + timedelta(days=2):%d.%m.%Y}",
            "Ордер": str(n),
            "Ордер от": f"{start + timedelta(days=1):%d.%m.%Y}",
            "Место": f"г. Душанбе, {_PLACES[n % 5]}",
            "Подошло человек": str(1 + n % 4),
            **dict(zip(("Задержание", "Доставление", "Изъятие", "Освобождение"), map(_moment, moments), strict=True)),
            "Модель": _MODELS[n % 6],
            "IMEI": f"3500000000{n:05};3510000000{n:05}",
            "Возвращено": "да" if n % 10 == 0 else "нет",
            "Ещё изъято": "планшет" if n % 6 == 0 else "",
            "Модель второго": f"Lenovo Tab M{n % 11}" if n % 6 == 0 else "",
            "Понятые": "да" if n % 8 == 0 else "нет",
            "Явиться": f"{start + timedelta(days=1):%d.%m.%Y} {9 + n % 8:02}:00",
            "Обвинение": f"{start + timedelta(days=10):%d.%m.%Y}",
            "Номер дела": f"{n:06}",
            "Встреча": f"{start + timedelta(days=12):%d.%m.%Y}" if n % 5 else "",
            "Очевидец": example.MEN.split()[n % 25],
            "Имя очевидца": example.NAMES_OF_MEN.split()[n * 3 % 25],
            "Листов на телефон": _PAPERS[n % 4],
        }


def spoiled(cells: Iterable[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    """Yield the rows with every hundredth made bad: a moment that cannot be, or a value that is no answer, in turn."""
    for n, row in enumerate(cells, 1):
        bad = {"Задержание": "31.02.2026 10:00"} if n % (2 * BAD_EVERY) else {"Понятые": "вроде бы"}
        yield {**row, **({} if n % BAD_EVERY else bad)}


def table(cells: Iterable[Mapping[str, str]]) -> bytes:
    """Return rows as a CSV, as Excel saves it in the region."""
    text = io.StringIO(newline="")
    columns = read_source(MAPPING).tree["columns"]
    writer = csv.DictWriter(text, list(columns) if isinstance(columns, dict) else [], delimiter=";")
    writer.writeheader()
    writer.writerows(cells)
    return text.getvalue().encode("utf-8-sig")


def _people() -> Iterator[tuple[str, str, str, Sex]]:
    """Yield surname, given name, patronymic and sex, each combination once."""
    men = product(example.FATHERS.split(), example.NAMES_OF_MEN.split(), example.MEN.split())
    women = product(example.FATHERS.split(), example.NAMES_OF_WOMEN.split(), example.WOMEN.split())
    while True:
        for sex in SEXES:  # as many of each as there are combinations
            father, given, surname = next(men if sex == "m" else women)
            yield surname, given, f"{father}{'ович' if sex == 'm' else 'овна'}", sex


@functools.cache
def _genitive(kind: Kind, sex: Sex, name: str) -> str:
    found = decline(kind, sex, name)
    if isinstance(found, str):
        raise TypeError(name)
    return found.forms["gen"]


def _moment(moment: datetime) -> str:
    return f"{moment:%d.%m.%Y %H:%M}"
