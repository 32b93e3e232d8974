"""Fills the console of a demonstration: a home with the fictional municipality, officers of each role, and something
that waits for a second person, card applications too."""

import argparse
from dataclasses import replace
from pathlib import Path

from certserver.cli.demo_data import demo_data
from certserver.cli.setup import init
from certserver.composition.clock import SystemClock
from certserver.composition.console import FICTIONAL, NO_DEMO
from certserver.composition.desks import operators_desk
from certserver.composition.settings import SETTINGS_FILE, load_settings
from certserver.composition.stores import open_storage
from certserver.demo.applications import send_applications
from certserver.demo.figures import card_figures, issued_figures
from certserver.errors import ConfigurationError
from certserver.office.desk import Desk, operator
from certserver.office.people import ask_role
from certserver.office.reports.making import hand_over_cards, hand_over_issued
from certserver.office.rights import HeldRole, OfficeRole
from certserver.office.roles import enter_role, roles_held
from certserver.office.settings.content import Content
from certserver.office.settings.drafts import begin, propose, stands
from certserver.office.settings.making import Wanted
from certserver.pipeline.staff.registry import add_member
from certserver.ports import in_japan
from certserver.storage.schema import check_schema
from koufu.evidence.words import CertificateKind

_MUNICIPALITY = "992011"
_DEARER = 300
"""Yen that a certificate of residence is to cost, if somebody approves it."""

_CARD_OFFICER = "haru"
_PEOPLE = {
    "aoi": ("見本　葵", (OfficeRole.CONFIGURER, OfficeRole.REGISTRAR)),
    "haru": ("見本　陽", (OfficeRole.CARD_OFFICER,)),
    "midori": ("見本　みどり", (OfficeRole.APPROVER, OfficeRole.AUDITOR)),
    "ren": ("見本　蓮", (OfficeRole.VIEWER,)),
}


def make_demo_office(home: Path) -> None:
    """Makes the home of the demonstration where there is none, and puts officers into one that has none: the home of
    a demonstrated day shows what was issued in it. Raises `CertServerError`."""
    if not (home / SETTINGS_FILE).exists():
        parsed = argparse.Namespace(home=home, folder=None, municipality=_MUNICIPALITY)
        init(parsed)
        demo_data(parsed)
    settings = load_settings(home)
    if settings.municipality not in FICTIONAL:
        raise ConfigurationError(NO_DEMO)
    database = open_storage(home, settings)
    try:
        check_schema(database)
        _hire(operators_desk(home, settings, database, SystemClock(), "aoi"))
    finally:
        database.close()


def _hire(desk: Desk) -> None:
    today = in_japan(desk.now()).date()
    with desk.database.writing() as connection:
        if roles_held(connection, desk.municipality):
            return
        for mark, (name, roles) in _PEOPLE.items():
            add_member(connection, desk.municipality, mark, name, desk.now())
            for role in roles:
                enter_role(connection, desk.municipality, HeldRole(mark, role, today))
    hand_over_cards(desk, card_figures(desk.municipality, today))
    hand_over_issued(desk, issued_figures(desk.municipality, today))
    ask_role(desk, HeldRole("ren", OfficeRole.REGISTRAR, today))
    (residence,) = (kind for kind in stands(desk).content(desk.now()).kinds if kind.kind is CertificateKind.RESIDENCE)
    dearer = type(residence).model_validate(residence.model_dump() | {"fee": _DEARER})
    draft = begin(desk, Wanted(Content(kinds=(dearer,)), "手数料条例の改正のため"))
    propose(desk, draft.number)
    send_applications(replace(desk, who=operator(_CARD_OFFICER)))
