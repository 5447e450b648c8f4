"""Write the fifty invented clients of examples/batch: one table, and the same cases as files. Run it from anywhere."""

import csv
import io
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from yaml.emitter import Emitter
from yaml.representer import SafeRepresenter
from yaml.resolver import BaseResolver
from yaml.serializer import Serializer

from generator.case.people import Person
from generator.names.suggest import suggest
from generator.sources import read_source

FOLDER = Path(__file__).resolve().parent.parent / "examples" / "batch"
NUMBER = 50
RAID = datetime(2026, 5, 14, 9, 40)  # noqa: DTZ001  # local time, as in a case file
MEN = """Рахимов Файзуллоев Ниёзов Холматов Юсупов Абдуллоев Эргашев Собиров Турсунов Давлатов Шарипов Юлдашев Смирнов
Мирзоев Хакимов Орлов Набиев Курбонов Исмоилов Ашуров Тошматов Пулатов Ким Ёров Ҷӯраев"""
WOMEN = """Каримова Гафурова Саидова Мухаммадиева Тагаева Бобоева Одинаева Кузнецова Латипова Зокирова Муминова Алиева
Хасанова Раджабова Усманова Шодиева Фёдорова Раҳматова Негматова Бердиева"""
NAMES_OF_MEN = """Сухроб Диловар Шерзод Парвиз Икром Умед Комил Тимур Олим Азиз Бехруз Жасур Павел Фирдавс Рустам Илья
Сардор Далер Мансур Хуршед Отабек Анвар Артём Манучехр Сомон"""
NAMES_OF_WOMEN = """Мадина Нигина Шахноза Дилором Умеда Тахмина Гулчехра Ольга Малика Барно Сабрина Фируза Нодира Ситора
Лола Мавзуна Анна Ҳусния Зебо Озода"""
FATHERS = """Саид Далер Рустам Анвар Бахтиёр Акмал Иван Карим Хуршед Мурод"""
SPECIAL = (  # no rule settles these forms: they are given by hand
    ("Саидзода", "Фаррух", "", "m", "Саидзода Фарруха"),
    ("Юлдошев", "Жасур", "Акмал ўғли", "m", "Юлдошева Жасура Акмал ўғли"),
    ("Турсунова", "Гулноза", "Акмал қизи", "f", "Турсуновой Гулнозы Акмал қизи"),
    ("Мамедов", "Эльшан", "Самед оглы", "m", "Мамедова Эльшана Самед оглы"),
    ("Назархудо", "Меҳрубон", "", "f", "Назархудо Меҳрубон"),
)
MODELS = ("Samsung Galaxy A15", "Xiaomi Redmi 12", "Apple iPhone 11", "Tecno Spark 20", "Nokia 105", "Honor X8")
KINDS = {"телефон": "phone", "планшет": "tablet"}
YES_NO = {"да": "yes", "нет": "no"}


@dataclass(frozen=True, slots=True)
class Client:
    """One client: what the table says of him or her, in the order of its columns."""

    code: str
    name: tuple[str, str, str]
    sex: str
    genitive: str
    born: date
    phone: str
    agreed: date
    officers: int
    moments: tuple[datetime, ...]  # apprehended, delivered, seized, released
    device: tuple[str, ...]  # kind, model, IMEI, number
    returned: str
    read: str
    witnesses: str


def clients() -> Iterator[Client]:
    """Yield the clients, always the same: all that differs between them follows from their number."""
    for n, (surname, given, patronymic, sex, genitive) in enumerate(_people(), 1):
        start = RAID + timedelta(minutes=7 * (n % 9) + n // 9)
        delivered = start + timedelta(minutes=25 + n % 4 * 5)
        yield Client(
            code=f"bazaar-{n:03}",
            name=(surname, given, patronymic),
            sex=sex,
            genitive=genitive,
            born=date(1960 + n * 7 % 45, 1 + n * 5 % 12, 1 + n * 11 % 28),
            phone=f"+992 00 000 1{n:03}" if n % 3 else f"00992 00 000 1{n:03}",
            agreed=date(2026, 5, 15 + n % 6),
            officers=1 + n % 4,
            moments=(start, delivered, delivered + timedelta(minutes=10), start + timedelta(minutes=200 + 37 * n)),
            device=("планшет" if n % 17 == 0 else "телефон", MODELS[n % 6], f"3500000000{n:05}", f"+99200000{n:04}"),
            returned="да" if n % 10 == 0 else "нет",
            read="нет" if n % 5 == 0 else "да",
            witnesses="да" if n % 8 == 0 else "нет",
        )


def table() -> bytes:
    """Return the clients as a CSV, as Excel saves it in the region."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(read_source(FOLDER / "mapping.yaml").tree["columns"])
    writer.writerows(map(_row, clients()))
    return text.getvalue().encode("utf-8-sig")


def case_files() -> Mapping[str, bytes]:
    """Return the same cases as files, by name."""
    base = read_source(FOLDER / "base.yaml").tree
    head = "# One of the fifty cases of ../clients.csv, as a file. Names and details are invented.\n"
    return {
        f"{client.code}.yaml": (head + yaml.dump(_over(base, _facts(client)), **AS_WE_WRITE)).encode()
        for client in clients()
    }


def _people() -> Iterator[tuple[str, str, str, str, str]]:
    men = zip(MEN.split(), NAMES_OF_MEN.split(), strict=True)
    women = zip(WOMEN.split(), NAMES_OF_WOMEN.split(), strict=True)
    fathers = FATHERS.split()
    plain = [(*person, "m") for person in men] + [(*person, "f") for person in women]
    made = [
        _declined(surname, given, f"{fathers[n % 10]}{'ович' if sex == 'm' else 'овна'}", sex)
        for n, (surname, given, sex) in enumerate(plain)
    ]
    mixed = [*made, *SPECIAL]
    yield from (mixed[n * 7 % NUMBER] for n in range(NUMBER))  # 7 and 50 share no factor: each once


def _declined(surname: str, given: str, patronymic: str, sex: str) -> tuple[str, str, str, str, str]:
    named = {"surname": surname, "given_name": given, "patronymic": patronymic, "sex": sex}
    found = suggest(Person.model_validate(named))
    if found.none or "gen" in found.doubts:
        raise ValueError(named)
    return surname, given, patronymic, sex, found.forms["gen"]


def _row(client: Client) -> list[str]:
    start, delivered, seized, released = client.moments
    kind, model, imei, number = client.device
    return [
        client.code,
        *client.name,
        {"m": "м", "f": "ж"}[client.sex],
        client.genitive,
        f"{client.born:%d.%m.%Y}",
        client.phone,
        f"{client.agreed:%d.%m.%Y}",
        "да",
        f"{start:%d.%m.%Y %H:%M}",
        str(client.officers),
        f"{delivered:%d.%m.%Y %H:%M}",
        f"{released:%d.%m.%Y %H:%M}",
        f"{seized:%d.%m.%Y %H:%M}",
        kind,
        model,
        imei,
        number,
        client.returned,
        client.read,
        "нет" if client.read == "да" else "",
        client.witnesses,
        "позвонить" if client.code.endswith("7") else "",
    ]


def _facts(client: Client) -> dict[str, Any]:
    start, delivered, seized, released = client.moments
    surname, given, patronymic = client.name
    person = {"surname": surname, "given_name": given} | ({"patronymic": patronymic} if patronymic else {})
    person |= {"sex": client.sex, "name_forms": {"ru": {"gen": client.genitive}}, "birth_date": str(client.born)}
    kind, model, imei, number = client.device
    item = {"kind": KINDS[kind], "make_model": model, "imei": [imei], "msisdn": [number]}
    read = {"occurred": YES_NO[client.read]} | ({"consent": "no"} if client.read == "да" else {})
    return {
        "case": {"id": client.code},
        "clients": [person | {"phone": client.phone}],
        "detention": {
            "apprehended_at": f"{start:%Y-%m-%d %H:%M}",
            "officers": str(client.officers),
            "delivered_at": f"{delivered:%Y-%m-%d %H:%M}",
            "released_at": f"{released:%Y-%m-%d %H:%M}",
        },
        "seizure": {"at": f"{seized:%Y-%m-%d %H:%M}", "witnesses": YES_NO[client.witnesses]},
        "items": [item | {"returned": YES_NO[client.returned]}],
        "device_access": read,
        "consent": {"given_at": str(client.agreed), "name": "yes"},
    }


def _over(base: Any, own: Any) -> Any:
    """Return two trees as one; where both have something, the second wins."""
    match base, own:
        case dict(), dict():
            return {**base, **{key: _over(base.get(key), value) for key, value in own.items()}}
        case [first], [second]:
            return [_over(first, second)]
        case _:
            return own


class _Plain(Emitter, Serializer, SafeRepresenter, BaseResolver):
    """Write texts without quotes where YAML lets us: a case file holds only texts."""

    def __init__(self, stream: Any, **options: Any) -> None:
        emitting = {key: options[key] for key in ("indent", "width", "allow_unicode")}
        Emitter.__init__(self, stream, **emitting)
        Serializer.__init__(self)
        SafeRepresenter.__init__(self, sort_keys=False)
        BaseResolver.__init__(self)

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True


AS_WE_WRITE: dict[str, Any] = {"Dumper": _Plain, "allow_unicode": True, "width": 1000, "indent": 2}


def main(folder: Path) -> None:
    """Write table and case files into a folder."""
    (folder / "cases").mkdir(parents=True, exist_ok=True)
    (folder / "clients.csv").write_bytes(table())
    for name, content in case_files().items():
        (folder / "cases" / name).write_bytes(content)
    print(f"{folder}: {NUMBER} cases")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else FOLDER)
