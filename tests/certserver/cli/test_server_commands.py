"""`koufu-server`, as an operator types it."""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import delete, insert, select

from certserver.cli.commands import add_commands, doing
from certserver.cli.main import main
from certserver.composition.clock import SystemClock
from certserver.composition.settings import load_settings
from certserver.composition.stores import open_storage
from certserver.demo.people import MUNICIPALITY
from certserver.ledger.alarms import list_alarms, raise_alarm
from certserver.ledger.book import open_book
from certserver.ledger.keys import revoke_key
from certserver.ledger.terminals import x509s_of
from certserver.pipeline.bundles import KeptBundle, keep_bundles, kept_bundles
from certserver.storage.admission import terminals
from certserver.storage.debts import debts
from certserver.storage.engine import Database
from certserver.storage.identity import card_links, crls, trust_anchors
from certserver.storage.issued import audit_log
from certserver.storage.registers import residents
from koufu.evidence.bundle import SignedBundle, open_bundle_of
from koufu.evidence.directory import open_directory
from koufu.evidence.trustlist import Revocation, RevocationReason, TrustList, open_trust_list
from tests.koufu.test_evidence_vectors import BUNDLE, EVIDENCE
from tests.support.cards import CardAuthority
from tests.support.homes import a_home
from tests.support.hsm import MODULE, PIN, make_token
from tests.support.server_keys import a_key
from tests.support.trust_lists import a_signatory

pytestmark = pytest.mark.xdist_group("server-commands")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("operator") / "home"
    assert main(["init", str(made), "--municipality", "992011"]) == 0
    assert main(["demo-data", "--home", str(made)]) == 0
    return made


@pytest.fixture
def database(home: Path) -> Database:
    return open_storage(home, load_settings(home))


@pytest.fixture(scope="module")
def authority() -> CardAuthority:
    return CardAuthority(SystemClock().now(), seed="commands")


def test_help_comes_without_the_parts_of_any_command() -> None:
    script = "import sys; from certserver.cli.main import main\ntry: main(['--help'])\nfinally: print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert "koufu-server serve" in told
    heavy = {"sqlalchemy", "alembic", "grpc", "reportlab", "fontTools", "numpy", "cryptography", "pydantic"}
    assert not heavy & set(told.split())


def test_every_command_is_there() -> None:
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers(), argparse.ArgumentParser(add_help=False))
    named = list(_named(parser))
    assert len(named) == 67
    for does in named:
        assert callable(doing(does)), does


def _named(parser: argparse.ArgumentParser) -> Iterator[str]:
    """What all commands below do, as `doing` takes it."""
    if does := parser.get_default("does"):
        yield does
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from _named(below)


def run(home: Path, *arguments: str) -> int:
    return main([*arguments, "--home", str(home)])


def last_noted(database: Database) -> str:
    with database.reading() as connection:
        noted = connection.execute(select(audit_log.c.detail).order_by(audit_log.c.audit_seq.desc())).scalars().first()
    assert isinstance(noted, str)
    return noted


def test_every_file_of_a_home_is_its_owners_only(home: Path) -> None:
    files = [path for path in home.rglob("*") if path.is_file() and not path.name.startswith("koufu.db-")]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in home.rglob("*") if path.is_dir()} == {0o700}


def test_a_home_is_never_made_anew(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, "init", "--municipality", "992011") == 1
    assert "is a home already" in capsys.readouterr().err


def test_a_home_that_could_not_be_made_can_be_made_after_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    passphrase = tmp_path / "passphrase"
    monkeypatch.setenv("KOUFU_KEY_PASSPHRASE_FILE", str(passphrase))
    assert run(tmp_path / "home", "init", "--municipality", "992011") == 1
    assert "the passphrase of the keys is not in" in capsys.readouterr().err
    assert run(tmp_path / "home", "init", "--municipality", "12") == 1
    passphrase.write_text("a passphrase of many words\n")
    assert run(tmp_path / "home", "init", "--municipality", "992011") == 0


def test_demo_data_mix_with_nobody(home: Path, database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    with database.reading() as connection:
        assert len(connection.execute(select(residents.c.resident_id)).all()) == 2000
    assert run(home, "demo-data") == 1
    assert "residents already" in capsys.readouterr().err


def test_trust_crl_and_card(
    home: Path, database: Database, authority: CardAuthority, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ca, crl, card = tmp_path / "ca.pem", tmp_path / "list.crl", tmp_path / "card.der"
    ca.write_bytes(authority.ca_pem())
    crl.write_bytes(authority.crl())
    card.write_bytes(authority.issue().user_auth_x509)
    resident = "tsuji-kengo"

    assert run(home, "card", "link", "--x509", str(card), "--resident", resident) == 1
    assert "trust add" in capsys.readouterr().err
    assert run(home, "trust", "crl", str(crl)) == 1
    assert "trust the issuer first" in capsys.readouterr().err

    assert run(home, "trust", "add", str(ca)) == 0
    fingerprint = sha256(x509.load_pem_x509_certificate(ca.read_bytes()).public_bytes(Encoding.DER)).hexdigest()
    assert fingerprint in capsys.readouterr().out.replace(":", "")
    assert fingerprint in last_noted(database)
    assert run(home, "trust", "crl", str(crl)) == 0
    assert run(home, "card", "link", "--x509", str(card), "--resident", resident) == 0
    pem = tmp_path / "face.pem"
    face = authority.issue()
    pem.write_bytes(x509.load_der_x509_certificate(face.user_auth_x509).public_bytes(Encoding.PEM))
    assert run(home, "card", "link", "--x509", str(pem), "--resident", resident, "--face-auth") == 0
    with database.reading() as connection:
        assert len(connection.execute(select(trust_anchors)).all()) == 1
        assert len(connection.execute(select(crls)).all()) == 1
        links = connection.execute(select(card_links.c.resident_id, card_links.c.face_auth)).all()
    assert sorted(tuple(link) for link in links) == [(resident, False), (resident, True)]
    assert "subject" in last_noted(database)
    assert resident not in last_noted(database)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("card", "link", "--x509", "{garbage}", "--resident", "tsuji-kengo"), "no X.509"),
        (("card", "link", "--x509", "{missing}", "--resident", "tsuji-kengo"), "can't read"),
        (("trust", "add", "{garbage}"), "X.509"),
        (("trust", "crl", "{garbage}"), "CRL"),
        (("terminal", "admit", "kiosk-x", "--x509", "{garbage}"), "no X.509 in PEM"),
        (("terminal", "add", "../kiosk"), "no name for a terminal"),
        (("terminal", "withdraw", "kiosk-nobody"), "no terminal"),
        (("alarm", "close", "--reason", "x"), "0 alarms are open"),
        (("alarm", "close", "zz", "--reason", "x"), "no alarm's id"),
        (("alarm", "close", "--reason", " "), "say with --reason"),
        (("node", "allow", "--minimum-server", "new"), "three numbers"),
    ],
)
def test_what_is_wrong_is_said_plainly(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    garbage = tmp_path / "garbage"
    garbage.write_bytes(b"garbage")
    filled = [each.format(garbage=garbage, missing=tmp_path / "missing") for each in arguments]
    assert run(home, *filled) == 1
    told = capsys.readouterr().err
    assert told.startswith("koufu-server: ")
    assert said in told
    assert "Traceback" not in told


def test_a_terminal_gets_its_files_and_is_withdrawn(
    home: Path, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "terminal", "add", "kiosk-7", "--outlet", "town-hall") == 0
    folder = home / "terminals" / "kiosk-7"
    proven = x509.load_pem_x509_certificate((folder / "terminal.pem").read_bytes())
    assert proven.subject.rfc4514_string() == "CN=kiosk-7"
    with database.reading() as connection:
        row = connection.execute(select(terminals).where(terminals.c.terminal == "kiosk-7")).one()
        (known,) = x509s_of(connection, row.municipality, "kiosk-7")
    assert (row.outlet, row.withdrawn) == ("town-hall", False)
    assert known.x509_hash == sha256(proven.public_bytes(Encoding.DER)).digest()
    assert run(home, "terminal", "add", "kiosk-7") == 1
    assert "never overwritten" in capsys.readouterr().err
    assert run(home, "terminal", "withdraw", "kiosk-7") == 0
    assert run(home, "terminal", "admit", "kiosk-7", "--x509", str(folder / "terminal.pem")) == 0
    with database.reading() as connection:
        row = connection.execute(select(terminals).where(terminals.c.terminal == "kiosk-7")).one()
    assert (row.outlet, row.withdrawn) == ("post-office", False)


def test_i9_an_alarm_is_listed_and_closed_with_a_reason(
    home: Path, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "alarm", "list") == 0
    assert "No alarm is open" in capsys.readouterr().out
    with database.writing() as connection, open_book(connection, MUNICIPALITY) as book:
        raise_alarm(connection, book, bytes(16), "kiosk-1", "proof", 1_781_053_200)
    assert run(home, "alarm", "list") == 0
    told = capsys.readouterr().out
    assert bytes(16).hex() in told
    assert "from kiosk-1: proof" in told
    assert run(home, "alarm", "close", "--reason", "the test was looked into") == 0
    assert run(home, "alarm", "list", "--all") == 0
    assert "the test was looked into" in capsys.readouterr().out
    with database.reading() as connection:
        assert all(alarm.closed_at is not None for alarm in list_alarms(connection, MUNICIPALITY))


def test_i12_audit_verify_finds_an_end_that_was_cut_off(
    home: Path, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "audit", "verify") == 0
    assert run(home, "audit", "verify") == 0
    assert "unbroken" in capsys.readouterr().out
    with database.reading() as connection:
        rows = [dict(row) for row in connection.execute(select(audit_log)).mappings()]
    with database.writing() as connection:
        connection.execute(delete(audit_log).where(audit_log.c.audit_seq == len(rows)))
    assert run(home, "audit", "verify") == 1
    assert f"at entry {len(rows)}" in capsys.readouterr().err
    with database.writing() as connection:
        connection.execute(audit_log.insert().values(rows[-1]))
    assert run(home, "audit", "verify") == 0


def test_form_bundles_are_written_under_their_hashes(home: Path, tmp_path: Path) -> None:
    settings = load_settings(home)
    key = a_key()
    signed = SignedBundle(EVIDENCE["bundle"], key.sign_bundle(EVIDENCE["bundle"]))
    database = open_storage(home, settings)
    with database.writing() as connection:
        keep_bundles(connection, MUNICIPALITY, (signed, signed), 100)
        keep_bundles(connection, MUNICIPALITY, (signed,), 200)
        assert kept_bundles(connection, MUNICIPALITY) == (KeptBundle(signed, 100),)
    database.close()
    assert run(home, "bundles", "export", "--out", str(tmp_path)) == 0
    (file,) = tmp_path.glob("*.bundle")
    found = SignedBundle(file.read_bytes(), file.with_suffix(".sig").read_bytes())
    assert file.stem == found.hash.hex()
    assert open_bundle_of(a_signatory(BUNDLE.municipality, key.raw_public_key), found).name == "見本市"
    assert run(home, "trust-list", "export", str(tmp_path / "lists")) == 0
    beside = tmp_path / "lists" / "bundles" / file.name
    assert beside.read_bytes() == signed.evidence
    listed = TrustList.from_bytes((tmp_path / "lists" / "trust-list.bin").read_bytes()).signatories[0]
    assert [bundle.bundle_hash.hex() for bundle in listed.bundles] == [beside.stem]


def test_the_directory_opens_with_its_key(home: Path, tmp_path: Path) -> None:
    assert run(home, "directory", "export", "--out", str(tmp_path)) == 0
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex((tmp_path / "directory.pub").read_text()))
    directory = open_directory(
        (tmp_path / "directory.bin").read_bytes(), (tmp_path / "directory.sig").read_bytes(), key
    )
    entry = directory.entry(MUNICIPALITY)
    assert entry is not None
    assert entry.address == "localhost:8443"


def test_the_trust_list_opens_with_its_key_and_has_one_number_until_something_changes(
    home: Path, database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def exported(folder: str) -> TrustList:
        assert run(home, "trust-list", "export", str(tmp_path / folder)) == 0
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex((tmp_path / folder / "trust-list.pub").read_text()))
        evidence, signature = ((tmp_path / folder / f"trust-list.{end}").read_bytes() for end in ("bin", "sig"))
        return open_trust_list(evidence, signature, key)

    first = exported("first")
    assert f"number {first.number}," in capsys.readouterr().out
    signatory = first.signatory(MUNICIPALITY)
    assert signatory is not None
    assert signatory.name == "見本市"
    (key,) = signatory.keys
    assert (home / "keys" / f"{key.key_id.hex()}.key").exists()
    assert exported("again") == first
    with database.writing() as connection, open_book(connection, MUNICIPALITY) as book:
        revocation = Revocation(first.issued_at + 10**9, RevocationReason.CEASED)
        revoke_key(connection, book, key.key_id, revocation, first.issued_at)
    changed = exported("changed")
    assert changed.number > first.number
    assert changed.signatories[0].keys == (replace(key, revocation=revocation),)


def test_keys_are_rotated_and_revoked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = a_home(tmp_path, demo=True)
    first = _key_ids(home, capsys)[0]
    assert run(home, "key", "rotate", "--since", "2020-01-01T00:00:00") == 1
    assert "never begins in the past" in capsys.readouterr().err
    assert run(home, "key", "rotate") == 0
    planned = _key_ids(home, capsys)[1]
    assert run(home, "key", "revoke", first, "--reason", "compromised") == 0
    told = capsys.readouterr().out
    assert "Nothing that this key ever signed stands" in told
    assert "No key signs now" in told
    assert run(home, "key", "rotate", "--at-once") == 0
    ids = _key_ids(home, capsys)
    assert (ids[0], ids[2], len(ids)) == (first, planned, 3)
    assert run(home, "trust-list", "export", str(tmp_path / "out")) == 0
    listed = TrustList.from_bytes((tmp_path / "out" / "trust-list.bin").read_bytes()).signatories[0].keys
    assert [key.revocation is not None for key in listed] == [True, False, False]
    assert all((home / "keys" / f"{key.key_id.hex()}.key").exists() for key in listed)
    assert run(home, "audit", "verify") == 0
    for wrong in ("00" * 8, "zz"):
        assert run(home, "key", "revoke", wrong, "--reason", "lost") == 1
        assert "key list" in capsys.readouterr().err


def _key_ids(home: Path, capsys: pytest.CaptureFixture[str]) -> dict[int, str]:
    capsys.readouterr()
    assert run(home, "key", "list") == 0
    lines = capsys.readouterr().out.splitlines()
    return dict(enumerate(line.split()[0] for line in lines if not line.startswith((" ", "No key"))))


def test_a_home_may_keep_its_keys_in_an_hsm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, pin = tmp_path / "home", tmp_path / "pin"
    pin.write_text(PIN + "\n")
    monkeypatch.setenv("KOUFU_SERVER_PKCS11_TOKEN", make_token())
    monkeypatch.setenv("KOUFU_SERVER_PKCS11_MODULE", MODULE)
    monkeypatch.setenv("KOUFU_PKCS11_PIN_FILE", str(pin))
    assert run(home, "init", "--municipality", "992011") == 0
    assert not list((home / "keys").glob("*.key"))
    assert run(home, "demo-data") == 0
    assert run(home, "key", "rotate", "--at-once") == 0
    assert run(home, "trust-list", "export", str(tmp_path / "out")) == 0
    assert run(home, "audit", "verify") == 0
    pin.unlink()
    assert run(home, "trust-list", "export", str(tmp_path / "out")) == 1


def test_migrate_may_be_run_at_any_time(home: Path) -> None:
    assert run(home, "migrate") == 0
    assert run(home, "node", "allow") == 0


def test_a_folder_that_is_no_home(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "alarm", "list") == 1
    assert "koufu-server init" in capsys.readouterr().err


def test_the_home_is_what_the_environment_says_at_each_command(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, status in ((home, 0), (tmp_path / "elsewhere", 1), (home, 0)):
        monkeypatch.setenv("KOUFU_SERVER_HOME", str(folder))
        assert main(["alarm", "list"]) == status


def test_settings_that_do_not_hold_together_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "settings.toml").write_text('municipality = "12"\nworkers = 0\nsurprise = 1\n')
    assert run(tmp_path, "alarm", "list") == 1
    told = capsys.readouterr().err
    assert all(name in told for name in ("municipality", "workers", "surprise"))
    monkeypatch.setenv("KOUFU_SERVER_MUNICIPALITY", "992011")
    monkeypatch.setenv("KOUFU_SERVER_WORKERS", "3")
    (tmp_path / "settings.toml").write_text('municipality = "000000"\n')
    settings = load_settings(tmp_path)
    assert (settings.municipality, settings.workers) == ("992011", 3)


def test_a_passphrase_from_elsewhere_opens_the_keys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOUFU_KEY_PASSPHRASE", "from a credential")
    home = tmp_path / "home"
    assert run(home, "init", "--municipality", "992011") == 0
    assert not (home / "keys" / "passphrase").exists()
    assert run(home, "audit", "verify") == 0
    monkeypatch.setenv("KOUFU_KEY_PASSPHRASE", "another")
    assert run(home, "audit", "verify") == 1
    assert "does not open with this passphrase" in capsys.readouterr().err
    monkeypatch.delenv("KOUFU_KEY_PASSPHRASE")
    assert run(home, "audit", "verify") == 1
    assert "KOUFU_KEY_PASSPHRASE_FILE" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [
        "init",
        "migrate",
        "demo-data",
        "serve",
        "trust",
        "card",
        "terminal",
        "tls",
        "node",
        "alarm",
        "audit",
        "directory",
        "bundles",
    ],
)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert len(capsys.readouterr().out) > 100


def test_a_slip_is_paid_back_at_the_command_line_once(
    home: Path, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {"municipality": "992011", "reference": "4q7-k2m", "terminal": "kiosk-1", "told_at": 1_790_000_000}
    with database.writing() as connection:
        connection.execute(insert(debts).values(**row, yen=600, confirmed=True, cashless=False, came_out=0))
    on = ["--home", str(home)]
    assert main(["debts", "list", *on]) == 0
    assert "4Q7-K2M  kiosk-1  2026-09-21 23:13  600 yen are due" in capsys.readouterr().out
    assert main(["debts", "pay", "4Q7-K2M", "600", *on]) == 0
    assert main(["debts", "pay", "4Q7-K2M", "600", *on]) == 1
    assert "paid back already" in capsys.readouterr().err
    assert main(["debts", "list", *on]) == 0
    assert "Nothing is due." in capsys.readouterr().out
    assert main(["debts", "list", "--all", *on]) == 0
    assert "600 yen, paid back" in capsys.readouterr().out
