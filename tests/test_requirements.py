"""What stops a final letter of any kind: a fact it needs, consent, and who may sign; as a table over the catalogue."""

from datetime import date

import pytest
from letters import AS_OF, FOLDERS, LANGUAGES, LAW, ROOT, case_from, letter_of

from generator.assembly import Order, assemble, obstacles
from generator.case.model import Case, LetterSettings
from generator.case.people import Consent, NameForms, Representative
from generator.case.values import Answer
from generator.document import plain
from generator.letters.catalogue import letter_names, load_kind
from generator.letters.requirements import is_known
from generator.render.txt import render_txt

KINDS = {name: entry for name in letter_names(FOLDERS) if not (entry := load_kind(name, FOLDERS)).kind.bundle_only}
SIGNED = [name for name, entry in KINDS.items() if entry.kind.signers]
NATIONAL = [name for name, entry in KINDS.items() if entry.kind.form == "letter"]
BY_REPRESENTATIVE = [name for name in SIGNED if "representative" in KINDS[name].kind.signers]
BY_CLIENT = [name for name in SIGNED if "client" in KINDS[name].kind.signers]
REQUIRED = [(name, path) for name, entry in KINDS.items() for path in entry.kind.requires]
NAME = "Зюйдов"
ORDERED = date(2026, 3, 10)
RECIPIENTS = [
    "proceedings.body", "proceedings.investigator", "detention.delivered_to", "summons.place", "summons.by",
    "submissions.to", "inquiries.to",
]  # fmt: skip


def _example(name: str) -> Case:
    return case_from((ROOT / "templates" / "letters" / name / "example.yaml").read_text("utf-8"))


def _with(case: Case, **groups: object) -> Case:
    return Case(case.facts.model_copy(update=groups), case.places, case.file)


def _signed(case: Case, name: str, signer: str, *representatives: str) -> Case:
    """Return the case with one signer, and with representatives of the given kinds and no others."""
    forms = dict.fromkeys(("nom", "gen", "dat", "acc", "ins", "prep"), NAME)
    people = tuple(
        Representative(
            kind=kind,
            surname=NAME,
            given_name=NAME,
            name_forms=NameForms(ru=forms, tg=forms, en=NAME),
            sex="m",
            phone="+992 00",
            address={"ru": "адрес", "tg": "суроға", "en": "address"},
            office={"ru": "контора", "tg": "дафтар", "en": "office"},
            order_no="1",
            order_date=ORDERED,
        )
        for kind in representatives
    )
    chosen = {
        key: settings.model_copy(update={"signer": signer})
        for key, settings in case.facts.letters.items()
        if key.startswith(name)
    }
    return _with(case, letters={name: LetterSettings(signer=signer), **chosen}, representatives=people)


def _without(entity, path: str):
    """Return a group of facts that lacks the fact at a path, in the first item of a list."""
    name, _, rest = path.partition(".")
    value = getattr(entity, name)
    if not rest:
        empty = type(entity).model_fields[name].get_default(call_default_factory=True)
    elif isinstance(value, tuple):
        empty = (_without(value[0], rest), *value[1:])
    else:
        empty = _without(value, rest)
    return entity.model_copy(update={name: empty})


def _stopped(name: str, case: Case, language: str = "ru") -> set[str]:
    found = obstacles(case, LAW, KINDS[name], Order(LANGUAGES[language], AS_OF), FOLDERS)
    return {problem.id for problem in found}


@pytest.mark.parametrize("language", ["ru", "tg", "en"])
@pytest.mark.parametrize("name", KINDS)
def test_the_example_of_every_kind_is_written(name, language):
    """Nothing stands in the way of the example, so that what the tests below take away is what stops it."""
    assert _stopped(name, _example(name), language) == set()


@pytest.mark.parametrize(("name", "path"), REQUIRED)
def test_each_fact_a_letter_needs_stops_it_when_missing(name, path):
    """Without a fact under `requires` no final letter is made, and the problem names that fact."""
    case = _example(name)
    assert is_known(case.facts, path)
    case = Case(_without(case.facts, path), case.places, case.file)
    found = obstacles(case, LAW, KINDS[name], Order(LANGUAGES["ru"], AS_OF), FOLDERS)
    missing = {problem.path.replace("[1]", "") for problem in found if problem.id == "missing-fact"}
    assert path in missing


@pytest.mark.parametrize("name", NATIONAL)
def test_no_letter_to_a_body_is_anonymous(name):
    """Author, address for letters, consent, addressee and a date belong to each letter; the client's where he signs."""
    kind = KINDS[name].kind
    assert kind.signers
    assert kind.addressee
    assert "consent.given_at" in kind.requires
    if "client" in kind.signers:
        assert {"clients.surname", "clients.given_name", "clients.address_service"} <= set(kind.requires)
    letter = assemble(_example(name), LAW, KINDS[name], Order(LANGUAGES["ru"], AS_OF), FOLDERS).letter
    assert plain(letter.signature.name)
    assert plain(letter.signature.left) or plain(letter.reference)
    assert len(letter.corner) >= 2


@pytest.mark.parametrize("name", [name for name in BY_REPRESENTATIVE if name in NATIONAL])
@pytest.mark.parametrize("fact", ["surname", "given_name"])
def test_a_representative_without_a_name_signs_nothing(name, fact):
    """An author's name that is not known stops a letter that a representative signs."""
    case = _signed(_example(name), name, "representative", "advocate")
    (advocate,) = case.facts.representatives
    nameless = advocate.model_copy(update={fact: None, "name_forms": NameForms()})
    assert _stopped(name, case) == set()
    assert _stopped(name, _with(case, representatives=(nameless,)))


@pytest.mark.parametrize("name", [name for name in NATIONAL if not KINDS[name].kind.addressee.role])
def test_a_letter_to_nobody_is_refused(name):
    """Where no addressee is settled, and the case names none, there is no final letter."""
    facts = _example(name).facts
    for path in RECIPIENTS:
        if getattr(facts, path.partition(".")[0]) != ():
            facts = _without(facts, path)
    letters = {key: settings.model_copy(update={"addressee": None}) for key, settings in facts.letters.items()}
    assert "no-addressee" in _stopped(name, _with(Case(facts, {}, "case.yaml"), officials=(), letters=letters))


@pytest.mark.parametrize("name", KINDS)
def test_withdrawn_consent_stops_every_kind(name):
    """Once the client has withdrawn the consent, nothing final is made."""
    consent = Consent(given_at=AS_OF, withdrawn_at=AS_OF)
    assert "consent-withdrawn" in _stopped(name, _with(_example(name), consent=consent))


@pytest.mark.parametrize("name", KINDS)
def test_who_does_not_agree_to_be_named_gets_no_signed_letter(name):
    """`consent.name: no` stops whatever somebody signs; a card without a name is still made."""
    consent = _example(name).facts.consent.model_copy(update={"name": Answer.NO, "letters": ()})
    stopped = _stopped(name, _with(_example(name), consent=consent))
    assert ("consent-not-to-name" in stopped) is (name in SIGNED)


@pytest.mark.parametrize("kind", ["paralegal", "ngo", "attorney_in_fact"])
@pytest.mark.parametrize("name", BY_REPRESENTATIVE)
def test_who_is_neither_advocate_nor_legal_representative_signs_nothing(name, kind):
    """A paralegal or an organisation as the only representative cannot sign any letter."""
    problem = "no-advocate" if KINDS[name].kind.representatives == ("advocate",) else "no-representative"
    assert problem in _stopped(name, _signed(_example(name), name, "representative", kind))


@pytest.mark.parametrize("name", BY_REPRESENTATIVE)
def test_a_legal_representative_signs_all_but_a_request_of_an_advocate(name):
    """The parent of a child may sign; what the law gives to advocates alone stays theirs."""
    stopped = _stopped(name, _signed(_example(name), name, "representative", "legal_representative"))
    assert ("no-advocate" in stopped) is (KINDS[name].kind.representatives == ("advocate",))
    assert "no-representative" not in stopped


def test_a_client_cannot_sign_the_request_of_an_advocate():
    """The one letter that is the advocate's own is refused to the client, and is the only such letter."""
    assert "wrong-signer" in _stopped(
        "lawyers-request", _signed(_example("lawyers-request"), "lawyers-request", "client")
    )
    assert set(SIGNED) - set(BY_CLIENT) == {"lawyers-request"}


@pytest.mark.parametrize("language", ["ru", "tg", "en"])
@pytest.mark.parametrize("kind", ["paralegal", "ngo"])
@pytest.mark.parametrize("name", BY_CLIENT)
def test_a_paralegal_or_organisation_is_named_in_no_letter_of_the_client(name, kind, language):
    """Who helps the client without being an advocate stays out of the letter, in a draft too."""
    case = _signed(_example(name), name, "client", kind)
    letter = assemble(case, LAW, KINDS[name], Order(LANGUAGES[language], AS_OF, draft=True), FOLDERS).letter
    assert NAME not in render_txt(letter).decode()
    assert NAME not in letter.running


def test_an_advocate_is_named_in_the_letter_of_the_client():
    """The test above can fail: an advocate in the same place is named."""
    case = _signed(_example("prosecutor-complaint"), "prosecutor-complaint", "client", "advocate")
    assert (
        NAME
        in render_txt(
            assemble(case, LAW, KINDS["prosecutor-complaint"], Order(LANGUAGES["ru"], AS_OF), FOLDERS).letter
        ).decode()
    )


@pytest.mark.parametrize(("language", "says"), [("ru", "доверенность № 5 от"), ("tg", "ваколатномаи № 5 аз")])
@pytest.mark.parametrize("signer", ["client", "representative"])
def test_a_legal_representative_shows_the_power_he_acts_on(language, says, signer):
    """The paper that the representative acts on is not lost; an advocate shows the order and nothing else."""
    for kind, said in (("legal_representative", True), ("advocate", False)):
        case = _signed(_example("property-return-request"), "property-return-request", signer, kind)
        changes = {"power_no": "5", "power_date": ORDERED} | ({} if kind == "advocate" else {"order_no": None})
        people = tuple(each.model_copy(update=changes) for each in case.facts.representatives)
        letter = letter_of(_with(case, representatives=people), language, "property-return-request").letter
        sender = " ".join(plain(line) for line in letter.corner[-1]).replace("\u00a0", " ")
        assert (says in sender) is said
