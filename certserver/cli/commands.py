"""Every command of `koufu-server` with its options. Only the module of the command that runs is imported, so that help
comes at once."""

import argparse
from collections.abc import Callable
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from certserver.cli.application_commands import add_applications, add_commissions, add_paper
from certserver.cli.report_commands import add_figures, add_report
from certserver.cli.staff_commands import add_staff
from certserver.office.purposes import Reason
from certserver.outlets import OutletKind
from certserver.registers.model import Withholding
from koufu.release import BUILD

DEFAULT_OUTLET = "post-office"

_DECLINE_REASONS = ("not-found", "not-matching", "not-confirmed", "unfit")
"""Values of `certserver.identity.enrolments.DeclineReason` that an officer gives; that module is slow to import."""

_PURPOSES = tuple(reason.value for reason in Reason)

_REVOCATION_REASONS = ("ceased", "lost", "compromised")
"""Values of `koufu.evidence.trustlist.RevocationReason`; that module is slow to import."""

_WITHHOLDINGS = tuple(kind.value for kind in Withholding)

Run = Callable[[argparse.Namespace], int]


class Commands(Protocol):
    """Where a command is added: argparse's action for subparsers."""

    def add_parser(self, name: str, **options: Any) -> argparse.ArgumentParser:
        """A parser for one command."""
        ...


def add_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Adds all commands; each leaves in `does` what `doing` finds."""
    _add_setup(commands, common)
    _add_municipality(commands, common)
    _add_registers(commands, common)
    _add_intake(commands, common)
    _add_enrolments(_group(commands, "enrolment", "who may have a koseki kind without living here (利用登録)"), common)
    _add_applications(commands, common)
    _add_care(commands, common)


def doing(does: str) -> Run:
    """The function behind a command, named as "module.function" of this package."""
    module, _, function = does.partition(".")
    run: Run = getattr(import_module(f"certserver.cli.{module}"), function)
    return run


def _add_setup(commands: Commands, common: argparse.ArgumentParser) -> None:
    made = _command(commands, "init", "setup.init", "make a home: database, keys, development CA, settings", common)
    made.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="the home to make, in place of --home")
    made.add_argument("--municipality", required=True, metavar="CODE", help="code of the municipality, 6 digits")
    _command(commands, "migrate", "setup.bring_up_to_date", "bring the database to the schema of this build", common)
    _command(commands, "demo-data", "demo_data.demo_data", "load the fictional municipality with its residents", common)
    serving = _command(
        commands, "serve", "serving.run_server", "serve terminals over mutual TLS until told to stop", common
    )
    serving.add_argument("--listen", metavar="HOST:PORT", help="in place of the settings'; port 0 takes any")
    serving.add_argument(
        "--port", type=int, metavar="PORT", help="in place of the settings', also in the directory; 0 takes any"
    )
    serving.add_argument("--workers", type=int, metavar="N", help="worker processes, in place of the settings'")
    _add_web_page(commands, "checking-page", "checking.run_checking_page", "the recipients' web page", 8080, common)
    console = _add_web_page(commands, "console", "console.run_console", "the municipality's console", 8090, common)
    console.add_argument(
        "--demo",
        action="store_true",
        help="a fictional municipality, made if need be, whose people anybody here may be",
    )
    admins = _group(commands, "admin", "who keeps people and roles at the console")
    creating = _command(admins, "create", "console.admin_create", "enter an administrator; prints a way in", common)
    creating.add_argument("mark", metavar="MARK", help="stands for the person in logs: letters a-z, digits, -")
    creating.add_argument("--name", required=True, help="who it is; it stays in the registry")
    creating.add_argument(
        "--address",
        default="http://localhost:8090",
        metavar="URL",
        help="where the console is reached, for the link (default: http://localhost:8090)",
    )
    _add_trust(_group(commands, "trust", "whom to believe who somebody is"), common)
    _add_terminals(_group(commands, "terminal", "which terminals are served"), common)
    cards = _group(commands, "card", "which card is whose")
    linking = _command(cards, "link", "cards.link", "link a card's X.509 with a resident", common)
    resetting = _command(cards, "pin-reset", "cards.pin_reset", "note that a counter reset a card's PIN today", common)
    for parser in (linking, resetting):
        parser.add_argument(
            "--x509", type=Path, required=True, metavar="FILE", help="user-authentication X.509, PEM or DER"
        )
    linking.add_argument(
        "--since",
        type=date.fromisoformat,
        metavar="DAY",
        help="when card or X.509 was handed out, YYYY-MM-DD; usable from the next day in Japan (default: today)",
    )
    linking.add_argument("--resident", required=True, metavar="ID", help="the register's key of the resident")
    linking.add_argument(
        "--phone-of",
        type=Path,
        metavar="FILE",
        help="of a telephone: the X.509 of the card it was applied for with, linked before; it ends with that",
    )
    linking.add_argument("--face-auth", action="store_true", help="a face-authentication card: it has no PIN")
    tls = _group(commands, "tls", "by what the server proves itself to terminals")
    _command(tls, "show", "tls.show", "for which hosts and until when; ends with 1 when it ends soon", common)
    renewing = _command(
        tls, "renew", "tls.renew_it", "another X.509 for the same key, under the CA of this home", common
    )
    renewing.add_argument(
        "--host",
        action="append",
        default=[],
        metavar="NAME",
        help="a host name or address it is for; may be given several times (default: those of the present one)",
    )
    nodes = _group(commands, "node", "what the nodes of the municipality may be")
    allowed = "allow this node's keys and topology from now on, and set the least builds"
    allowing = _command(nodes, "allow", "admission.allow", allowed, common)
    allowing.add_argument("--minimum-server", default=BUILD, metavar="BUILD", help=f"default: {BUILD}")
    allowing.add_argument("--minimum-terminal", default=BUILD, metavar="BUILD", help=f"default: {BUILD}")


def _add_web_page(
    commands: Commands, name: str, does: str, what: str, port: int, common: argparse.ArgumentParser
) -> argparse.ArgumentParser:
    page = _command(commands, name, does, f"serve {what} until told to stop", common)
    page.add_argument("--listen", default="127.0.0.1", metavar="ADDRESS", help="where to (default: 127.0.0.1)")
    page.add_argument("--port", type=int, default=port, metavar="PORT", help=f"default: {port}; 0 takes any")
    page.add_argument(
        "--host",
        action="append",
        default=[],
        metavar="NAME",
        help="a name that it is reached by; may be given several times (default: localhost)",
    )
    page.add_argument(
        "--proxy",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="a TLS proxy in front of it, whose X-Forwarded-For and -Proto count; may be given several times",
    )
    return page


def _add_trust(trusting: Commands, common: argparse.ArgumentParser) -> None:
    adding = _command(trusting, "add", "cards.trust_add", "trust an issuer of user-authentication X.509s", common)
    adding.add_argument("files", nargs="+", type=Path, metavar="CA.pem", help="the issuer's X.509, PEM or DER")
    listing = _command(trusting, "crl", "cards.trust_crl", "put a list of revoked X.509s in force", common)
    listing.add_argument("files", nargs="+", type=Path, metavar="FILE", help="the issuer's CRL, DER or PEM")


def _add_terminals(terminals: Commands, common: argparse.ArgumentParser) -> None:
    adding = _command(
        terminals, "add", "admission.terminal_add", "admit a terminal and write its key and X.509", common
    )
    admitting = _command(
        terminals, "admit", "admission.terminal_admit", "admit a terminal by an X.509 from elsewhere", common
    )
    admitting.add_argument("--x509", type=Path, required=True, metavar="FILE", help="the terminal's X.509, PEM")
    withdrawing = _command(terminals, "withdraw", "admission.terminal_withdraw", "serve a terminal no more", common)
    for parser in (adding, admitting, withdrawing):
        parser.add_argument("name", metavar="NAME", help="terminal id, as it stands in every order")
    for parser in (adding, admitting):
        parser.add_argument(
            "--outlet", default=DEFAULT_OUTLET, metavar="OUTLET", help=f"where it stands (default: {DEFAULT_OUTLET})"
        )
        parser.add_argument(
            "--outlet-kind",
            default=OutletKind.POST_OFFICE.value,
            choices=[kind.value for kind in OutletKind],
            help="what kind of place that is (default: post-office)",
        )


def _add_municipality(commands: Commands, common: argparse.ArgumentParser) -> None:
    setting = _group(commands, "municipality", "fees, hours, kinds, closures and profile of the municipality")
    _command(setting, "show", "municipality.show", "show what is in force now, as a file that `set` takes", common)
    changing_it = _command(
        setting, "set", "municipality.set_from_file", "set what a file says, from its instant on", common
    )
    changing_it.add_argument("--file", type=Path, required=True, metavar="FILE.toml", help="what is to be set")
    changing_it.add_argument(
        "--second", metavar="MARK", help="who stands for it beside you: wanted for fees and the official seal"
    )


def _add_registers(commands: Commands, common: argparse.ArgumentParser) -> None:
    seals = _group(commands, "registered-seal", "registered seals (登録印鑑)")
    cancelling = _command(
        seals, "cancel", "registers.cancel", "cancel a resident's registered seal (廃印), from now on", common
    )
    reviving = _command(
        seals, "revive", "registers.revive", "take back that it was cancelled here, by hand or by a restore", common
    )
    withholding = _group(commands, "withholding", "protective measures (支援措置) and issuance holds (発行抑止)")
    setting = _command(
        withholding, "set", "registers.withhold", "issue nothing that shows a person, from now on", common
    )
    lifting = _command(withholding, "lift", "registers.lift", "lift what was set", common)
    for parser in (cancelling, reviving):
        parser.add_argument("--resident", required=True, metavar="ID", help="the register's key of the resident")
    for parser in (setting, lifting):
        whom = parser.add_mutually_exclusive_group(required=True)
        whom.add_argument("--resident", metavar="ID", help="the register's key of the resident")
        whom.add_argument("--koseki", metavar="ID", help="the register's key of a koseki, with --person")
        parser.add_argument("--person", metavar="ID", help="the register's key of the person in it, wherever they live")
        parser.add_argument("--kind", required=True, choices=_WITHHOLDINGS, help="a person may have both")


def _add_enrolments(enrolments: Commands, common: argparse.ArgumentParser) -> None:
    listing = _command(enrolments, "list", "enrolments.enrolment_list", "show numbers and states", common)
    listing.add_argument("--all", action="store_true", help="decided ones too")
    showing = _command(
        enrolments, "show", "enrolments.show", "show what an applicant said; the audit log notes who looked", common
    )
    showing.add_argument("--purpose", choices=_PURPOSES, default="decision", help="for what (default: decision)")
    showing.add_argument("--reference", required=True, metavar="CASE", help="the case at hand; never a name")
    approving = _command(
        enrolments, "approve", "enrolments.approve", "let the X.509 that applied have a person's koseki", common
    )
    approving.add_argument("--koseki", required=True, metavar="ID", help="the register's key of the koseki")
    approving.add_argument("--person", required=True, metavar="ID", help="the register's key of the person in it")
    declining = _command(
        enrolments, "decline", "enrolments.decline", "decline what was applied for, and erase what was said", common
    )
    declining.add_argument("--reason", required=True, choices=_DECLINE_REASONS, help="the applicant is not told it")
    withdrawing = _command(
        enrolments, "withdraw", "enrolments.withdraw", "end an enrolment at its holder's wish", common
    )
    for parser in (showing, approving, declining, withdrawing):
        parser.add_argument("number", metavar="NUMBER", help="16 digits, with hyphens or without")
        parser.add_argument("--officer", required=True, metavar="MARK", help="who decides; it goes into the audit log")


def _add_applications(commands: Commands, common: argparse.ArgumentParser) -> None:
    def add(group: Commands, name: str, does: str, summary: str) -> argparse.ArgumentParser:
        return _command(group, name, does, summary, common)

    add_applications(_group(commands, "application", "card applications: what officers see and decide"), add)
    add_commissions(_group(commands, "commission", "what the municipality opened at whose place"), add)
    add_staff(_group(commands, "staff", "who works at counters, and what they sign in by"), add)
    add_paper(commands, add)
    add_report(commands, add)
    add_figures(_group(commands, "figures", "what reports can't count themselves: figures handed over, and rates"), add)


def _add_intake(commands: Commands, common: argparse.ArgumentParser) -> None:
    taking = _command(
        commands, "import", "intake.take_in", "take in a delivery of the registers, whole or of changes", common
    )
    taking.add_argument("folder", type=Path, metavar="DIR", help="the folder with manifest.json and the files it lists")
    taking.add_argument(
        "--dry-run", action="store_true", help="check everything and show the difference; change nothing"
    )
    taking.add_argument("--accept-losses", action="store_true", help="put it in force though more goes than is usual")
    taking.add_argument("--officer", metavar="MARK", help="who wants it, as the console tells it")
    snapshots = _group(commands, "snapshots", "the registers as they were loaded: one is in force")
    listing = _command(snapshots, "list", "intake.list_snapshots", "show the snapshots there are", common)
    listing.add_argument("--all", action="store_true", help="those that were dropped too")
    restoring = _command(snapshots, "restore", "intake.restore", "put a snapshot in force that was so before", common)
    dropping = _command(snapshots, "drop", "intake.drop", "give up a snapshot that is not in force", common)
    for parser in (restoring, dropping):
        parser.add_argument("snapshot", type=int, metavar="N", help="its number, as `snapshots list` shows it")


def _add_care(commands: Commands, common: argparse.ArgumentParser) -> None:
    alarms = _group(commands, "alarm", "integrity alarms: each stops the service until a person closes it")
    listing = _command(alarms, "list", "care.alarm_list", "show the alarms", common)
    listing.add_argument("--all", action="store_true", help="closed ones too")
    closing = _command(alarms, "close", "care.alarm_close", "close an alarm, after a person has looked into it", common)
    closing.add_argument("alarm", nargs="?", metavar="ALARM", help="its id; may be left out when one is open")
    closing.add_argument("--reason", required=True, help="what was found and done; it goes into the audit log")
    closing.add_argument(
        "--second", metavar="MARK", help="the approver who stands for it beside you, where there are any"
    )
    debts = _group(commands, "debts", "money that terminals owe on slips, and its paying back at the office")
    owing = _command(debts, "list", "debts.debt_list", "show what is due, by the number on the slip", common)
    owing.add_argument("--all", action="store_true", help="what was paid back too")
    paying = _command(debts, "pay", "debts.debt_pay", "note that a slip was paid back; once", common)
    paying.add_argument("number", metavar="NUMBER", help="as it stands on the slip, such as 4Q7-K2M")
    paying.add_argument("yen", metavar="YEN", type=int, help="how much was paid: what is due now, by `debts list`")
    paying.add_argument("--terminal", metavar="NAME", help="whose slip it is, where several bear the number")
    paying.add_argument(
        "--looked", action="store_true", help="the device's count was compared, where it does not vouch for the debt"
    )
    audits = _group(commands, "audit", "the log of every decision")
    _command(
        audits, "verify", "care.audit_verify", "check that nothing in the log was changed, added or taken out", common
    )
    directories = _group(commands, "directory", "which server answers for which municipality")
    exporting = _command(
        directories, "export", "directories.directory_export", "write the signed directory and its key", common
    )
    bundles = _group(commands, "bundles", "form bundles: what recipients need to draw pages again")
    writing = _command(bundles, "export", "bundles.export", "write all that documents were drawn with, signed", common)
    writing.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="where to (default: here)")
    adding = _command(
        directories, "add", "directories.directory_add", "name another municipality's server in this directory", common
    )
    adding.add_argument("folder", type=Path, metavar="DIR", help="what its `directory export` wrote")
    exporting.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="where to (default: here)")
    _add_keys(_group(commands, "key", "the municipality's own keys, which sign paper and statements"), common)
    lists = _group(commands, "trust-list", "whose keys speak for which municipality, for whoever checks paper")
    writing = _command(
        lists, "export", "directories.trust_list_export", "write the signed trust list, its signature and key", common
    )
    writing.add_argument("folder", type=Path, metavar="FOLDER", help="where to")


def _add_keys(keys: Commands, common: argparse.ArgumentParser) -> None:
    _command(keys, "list", "keys.key_list", "show every key there ever was, and what it counts for", common)
    rotating = _command(keys, "rotate", "keys.key_rotate", "make a new key that signs from an instant on", common)
    begins = rotating.add_mutually_exclusive_group()
    begins.add_argument(
        "--since",
        type=datetime.fromisoformat,
        metavar="INSTANT",
        help="when it begins, as 2027-04-01T00:00:00, Japan's time (default: in 24 hours)",
    )
    begins.add_argument("--at-once", action="store_true", help="now: after a key was lost or compromised")
    revoking = _command(keys, "revoke", "keys.key_revoke", "revoke a key; nobody takes that back", common)
    revoking.add_argument("key", metavar="KEY", help="its id, as `key list` shows it")
    revoking.add_argument(
        "--reason",
        required=True,
        choices=_REVOCATION_REASONS,
        help="compromised: nothing it ever signed stands; else what it signed before stands",
    )
    revoking.add_argument(
        "--since",
        type=datetime.fromisoformat,
        metavar="INSTANT",
        help="from when on, never in the future (default: now)",
    )


def _command(
    commands: Commands, name: str, does: str, summary: str, common: argparse.ArgumentParser
) -> argparse.ArgumentParser:
    """Adds one command with the options that all have."""
    parser = commands.add_parser(name, help=summary, description=summary, parents=[common])
    parser.set_defaults(does=does)
    return parser


def _group(commands: Commands, name: str, summary: str) -> Commands:
    """Adds a word that further commands stand under."""
    return commands.add_parser(name, help=summary, description=summary).add_subparsers(required=True, metavar="COMMAND")
