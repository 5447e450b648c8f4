"""Nothing that is withheld reaches a letter of any kind, and each consent lifts only what it names."""

from collections.abc import Iterator
from typing import Any, get_args, get_origin

import pytest
from letters import AS_OF, FOLDERS, LANGUAGES, LAW, ROOT, case_from

from generator.assembly import Order, assemble
from generator.case.disclosure import disclose
from generator.case.model import Case, CaseFile
from generator.case.people import Consent, Entity, Witness
from generator.case.procedure import Meeting
from generator.case.values import Answer, Moment, Withheld
from generator.letters.catalogue import letter_names, load_kind
from generator.render.txt import render_txt

KINDS = {name: entry for name in letter_names(FOLDERS) if not (entry := load_kind(name, FOLDERS)).kind.bundle_only}
CONSENTS = ("employer", "health", "orientation", "ngo_named", "charge_quoted")
NEVER = "зюйдникогда"


def _marker(unless: str) -> str:
    return f"зюйд{unless.replace('_', '')}" if unless else NEVER


def _marked(entity: Any) -> Any:
    """Put the marker of its consent into every withheld text of a group, and of the groups below it."""
    updates: dict[str, Any] = {}
    for name, field in type(entity).model_fields.items():
        value = getattr(entity, name)
        mark = next((mark for mark in field.metadata if isinstance(mark, Withheld)), None)
        if mark:
            updates[name] = _filled(field.annotation, value, _marker(mark.unless))
        elif isinstance(value, Entity):
            updates[name] = _marked(value)
        elif isinstance(value, tuple):
            updates[name] = tuple(_marked(item) if isinstance(item, Entity) else item for item in value)
    return entity.model_copy(update=updates)


def _filled(annotation: Any, value: Any, marker: str) -> Any:
    kinds = set(_types(annotation))
    if isinstance(value, Entity):
        return value.model_copy(update={"number": marker, "issued_by": marker, "kind": "passport"})
    if Moment in kinds:
        return Moment(AS_OF)
    if isinstance(value, Answer):
        return Answer.YES
    if dict in kinds:
        return dict.fromkeys(("ru", "tg", "en"), marker)
    return ("private_life", "health") if tuple in kinds else marker


def _types(annotation: Any) -> Iterator[Any]:
    """Yield every type that an annotation is made of."""
    yield get_origin(annotation) or annotation
    for inner in get_args(annotation):
        yield from _types(inner)


def _case(name: str, consented: str = "") -> Case:
    """Return the example of a kind of letter, with every withheld text marked and one consent or none."""
    case = case_from((ROOT / "templates" / "letters" / name / "example.yaml").read_text("utf-8"))
    silent = tuple(Witness(surname=NEVER, given_name=NEVER, consents=answer) for answer in (Answer.NO, Answer.UNKNOWN))
    consent = Consent(given_at=AS_OF, **({consented: Answer.YES} if consented else {}))
    meetings = case.facts.meetings or (Meeting(),)
    update = {"meetings": meetings, "consent": consent, "witnesses": silent, "withhold": (), "protected_words": ()}
    return Case(_marked(case.facts.model_copy(update=update)), case.places, case.file)


def _told(name: str, case: Case, language: str) -> str:
    letter = assemble(case, LAW, KINDS[name], Order(LANGUAGES[language], AS_OF, draft=True), FOLDERS).letter
    return f"{render_txt(letter).decode()}\n{letter.running}".replace("\u00a0", " ")


def _withheld(entity: Any) -> Iterator[tuple[Any, Any]]:
    for name, field in type(entity).model_fields.items():
        value = getattr(entity, name)
        if any(isinstance(mark, Withheld) for mark in field.metadata):
            yield value, field.get_default(call_default_factory=True)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Entity):
                yield from _withheld(inner)


@pytest.mark.parametrize("name", KINDS)
def test_without_consent_every_withheld_fact_is_unknown(name):
    """Disclosure takes out everything the model marks, wherever it stands: texts, answers, papers."""
    assert all(value != default for value, default in _withheld(_case(name).facts))
    assert all(value == default for value, default in _withheld(disclose(_case(name)).facts))


@pytest.mark.parametrize("language", ["ru", "tg", "en"])
@pytest.mark.parametrize("name", KINDS)
def test_nothing_withheld_stands_in_any_letter(name, language):
    """Without consent no letter of any kind, nor the line at its foot, holds a withheld text; a draft neither."""
    assert "зюйд" not in _told(name, _case(name), language).lower()


@pytest.mark.parametrize("language", ["ru", "tg", "en"])
@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("consented", CONSENTS)
def test_a_consent_lifts_only_what_it_names(consented, name, language):
    """With one consent a letter can say what that consent covers, and nothing else that is withheld."""
    told = _told(name, _case(name, consented), language).lower()
    assert "зюйд" not in told.replace(_marker(consented), "")


@pytest.mark.parametrize(("language", "doctor"), [("ru", "к врачу"), ("tg", "ба табиб"), ("en", "saw a doctor")])
@pytest.mark.parametrize("consented", ["health", ""])
def test_a_visit_to_a_doctor_is_health(consented, language, doctor):
    """That the client saw a doctor, and when, is told only where the client lets letters speak of health."""
    told = _told("prosecutor-complaint", _case("prosecutor-complaint", consented), language)
    assert (doctor in told) is bool(consented)


@pytest.mark.parametrize(
    ("consented", "name"), [("ngo_named", "motion-to-terminate"), ("charge_quoted", "motion-to-terminate")]
)
def test_a_consent_does_lift_what_it_names(consented, name):
    """The office of the advocate and the quotation of the charge are printed once the client agrees."""
    assert _marker(consented) in _told(name, _case(name, consented), "ru").lower()


def test_every_consent_that_lifts_something_is_tried():
    """The list of consents above is that of the model."""

    def named(model: Any) -> Iterator[str]:
        for field in model.model_fields.values():
            yield from (mark.unless for mark in field.metadata if isinstance(mark, Withheld) and mark.unless)
            for inner in _types(field.annotation):
                if isinstance(inner, type) and issubclass(inner, Entity):
                    yield from named(inner)

    assert set(named(CaseFile)) == set(CONSENTS)
