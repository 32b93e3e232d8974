"""What is read out of cupsd's configuration, the kernel's tables and a queue's attributes, and what queue and printer
together say of one job."""

from pathlib import Path

import pytest

from printers.cups.conf import directives, faults_of_times, seconds, spool_folders
from printers.cups.daemon import configuration_of
from printers.cups.faults import Flaw, QueueFault
from printers.cups.job import together
from printers.cups.memory import mount_of, read_mounts, readable_swap
from printers.cups.queue import device_of, faults_of_queue
from printers.ipp.codec import Group, GroupTag, Value
from printers.ipp.state import JobFacts, JobState
from printers.ipp.transport import PrinterAddress

_MOUNTS = """22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:25 / /run rw,nosuid shared:5 - tmpfs tmpfs rw,size=1000k
41 22 0:40 / /var/spool/cups rw - tmpfs tmpfs rw,mode=710,noswap
50 22 0:50 / /srv/with\\040space rw - ramfs none rw
60 30 8:2 / /run/disk rw - xfs /dev/sdb rw
61 60 0:60 / /run/disk rw - tmpfs tmpfs rw
short line
"""


def test_configuration_is_read_as_cupsd_reads_it() -> None:
    said = directives(
        "# all\nListen /run/cups/cups.sock # here\n<Location />\nPreserveJobFiles  Yes\npreservejobfiles No\n"
    )
    assert said["preservejobfiles"] == "No"
    assert said["listen"] == "/run/cups/cups.sock"


@pytest.mark.parametrize(
    ("value", "long"),
    [
        (None, float("inf")),
        ("Yes", float("inf")),
        ("No", 0),
        ("off", 0),
        ("0", 0),
        ("90", 90),
        ("5m", 300),
        ("1h", 3600),
    ],
)
def test_times_of_cupsd(value: str | None, long: float) -> None:
    assert seconds(value) == long


@pytest.mark.parametrize("value", ["soon", "-1", "1e9", "1 h"])
def test_i11_a_time_that_can_t_be_read_is_for_ever(value: str) -> None:
    assert seconds(value) == float("inf")


def test_i11_what_nobody_wrote_down_is_kept() -> None:
    assert faults_of_times("") == [QueueFault(Flaw.KEEPS_FILES), QueueFault(Flaw.JOB_HISTORY)]
    for history in ("2h", "Yes", "No", "10"):
        told = faults_of_times(f"PreserveJobFiles\tNo\nPreserveJobHistory {history}")
        assert told == [QueueFault(Flaw.JOB_HISTORY)]
    assert faults_of_times("PreserveJobFiles No\nPreserveJobHistory 3600") == []


def test_i11_a_spool_that_is_not_named_from_the_root_is_a_fault() -> None:
    folders, faults = spool_folders("RequestRoot /var/spool/cups\nTempDir tmp\n")
    assert folders == ["/var/spool/cups"]
    assert faults == [QueueFault(Flaw.SPOOL_NOT_NAMED, "TempDir")]


@pytest.mark.parametrize(
    ("folder", "in_memory", "never_swapped"),
    [
        ("/var/spool/cups/tmp", True, True),
        ("/var/spool/cups2", False, False),
        ("/run/cups", True, False),
        ("/runs", False, False),
        ("/srv/with space/x", True, True),
        ("/run/disk/spool", True, False),
    ],
)
def test_a_folder_lies_where_the_deepest_and_last_mount_is(folder: str, in_memory: bool, never_swapped: bool) -> None:
    mount = mount_of(folder, read_mounts(_MOUNTS))
    assert mount is not None
    assert (mount.in_memory, mount.never_swapped) == (in_memory, never_swapped)


def test_a_process_without_mounts_keeps_nothing_in_memory() -> None:
    assert mount_of("/var/spool/cups", read_mounts("")) is None


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("", None),
        ("/dev/zram0 partition 1 0 100", None),
        ("/dev/dm-1\tpartition\t1\t0\t-2", None),
        ("/dev/dm-2 partition 1 0 -2", "/dev/dm-2"),
        ("/dev/sda3 partition 1 0 -2", "/dev/sda3"),
        ("/dev/zram0x file 1 0 -2", "/dev/zram0x"),
    ],
)
def test_swap_that_can_be_read_later_is_found(line: str, found: str | None) -> None:
    kinds = {"dm-1": "CRYPT-PLAIN-cryptswap", "dm-2": "LVM-abc"}
    assert readable_swap(f"Filename Type Size Used Priority\n{line}\n", lambda name: kinds[name]) == found


@pytest.mark.parametrize(
    ("arguments", "conf", "files"),
    [
        (["-l"], "/etc/cups/cupsd.conf", "/etc/cups/cups-files.conf"),
        (["-f", "-c", "/a/b.conf"], "/a/b.conf", "/a/cups-files.conf"),
        (["-fc", "/a/b.conf", "-s", "/c/d.conf"], "/a/b.conf", "/c/d.conf"),
    ],
)
def test_the_files_a_cupsd_was_started_with(arguments: list[str], conf: str, files: str) -> None:
    assert configuration_of(arguments) == (Path(conf), Path(files))


@pytest.mark.parametrize("arguments", [["-c", "b.conf"], ["-c"], ["-s", "d.conf"]])
def test_files_that_are_not_named_from_the_root_can_t_be_told(arguments: list[str]) -> None:
    with pytest.raises(ValueError, match="root"):
        configuration_of(arguments)


def _queue(**changed: tuple[Value, ...]) -> Group:
    told: dict[str, tuple[Value, ...]] = {
        "device-uri": ("ipp://127.0.0.1:60000/ipp/print",),
        "job-sheets-default": ("none", "none"),
        "printer-error-policy": ("abort-job",),
        "printer-is-temporary": (False,),
        "printer-make-and-model": ("Maker Model - IPP Everywhere",),
        "printer-type": (0x1014,),
        "media-supported": ("iso_a4_210x297mm",),
        "sides-supported": ("one-sided", "two-sided-long-edge"),
    }
    return Group(GroupTag.PRINTER, told | {name.replace("_", "-"): values for name, values in changed.items()})


def test_a_queue_as_it_must_be_has_no_fault() -> None:
    assert faults_of_queue(_queue(), trusting=False) == []
    assert device_of(_queue(), trusting=False) == PrinterAddress(False, "127.0.0.1", 60000, "/ipp/print")


@pytest.mark.parametrize(
    ("changed", "flaw", "what"),
    [
        ({"printer_type": (0x1015,)}, Flaw.NOT_ONE_PRINTER, "a class"),
        ({"printer_type": (0x1016,)}, Flaw.NOT_ONE_PRINTER, "remote"),
        ({"printer_is_temporary": (True,)}, Flaw.NOT_ONE_PRINTER, "temporary"),
        ({"printer_error_policy": ("stop-printer",)}, Flaw.RETRIES, "stop-printer"),
        ({"printer_error_policy": ()}, Flaw.RETRIES, "unknown"),
        ({"job_sheets_default": ("none", "standard")}, Flaw.BANNERS, ""),
        ({"printer_make_and_model": ("Local Raw Printer",)}, Flaw.RAW, ""),
        ({"media_supported": ("na_letter_8.5x11in",)}, Flaw.NO_A4, ""),
        ({"sides_supported": ("one-sided",)}, Flaw.NO_BOTH_SIDES, ""),
        ({"device_uri": ("usb://Maker/Model",)}, Flaw.DEVICE_ENDS_EARLY, "usb:"),
        ({"device_uri": ()}, Flaw.DEVICE_ENDS_EARLY, ":"),
        ({"device_uri": ("ipp://printer/ipp/print?waitprinter=off",)}, Flaw.DEVICE_ENDS_EARLY, "ipp: with waitprinter"),
        ({"device_uri": ("implicitclass://queue/",)}, Flaw.DEVICE_UNNAMED, "implicitclass:"),
        ({"device_uri": ("ipp:///ipp/print",)}, Flaw.DEVICE_UNNAMED, "ipp:"),
        ({"device_uri": ("ipp://printer:99999/ipp/print",)}, Flaw.DEVICE_UNNAMED, "ipp:"),
        ({"device_uri": ("ipps://printer/ipp/print",)}, Flaw.DEVICE_UNTRUSTED, ""),
    ],
)
def test_a_queue_is_refused_in_words(changed: dict[str, tuple[Value, ...]], flaw: Flaw, what: str) -> None:
    (fault,) = faults_of_queue(_queue(**changed), trusting=False)
    assert (fault.flaw, fault.what) == (flaw, what)
    assert str(fault)


def test_an_ipps_printer_that_is_known_is_taken() -> None:
    assert faults_of_queue(_queue(device_uri=("ipps://printer/ipp/print",)), trusting=True) == []


def _job(state: JobState, sides: int | None = None, *, errors: bool = False) -> JobFacts:
    return JobFacts(state, errors, sides, None)


@pytest.mark.parametrize(
    ("queued", "printed", "state", "errors"),
    [
        # A device that is done may have been sent less than the document: the queue must say that it sent all.
        (_job(JobState.PROCESSING), _job(JobState.COMPLETED, 2), JobState.PROCESSING, False),
        (_job(JobState.COMPLETED), _job(JobState.COMPLETED, 2), JobState.COMPLETED, False),
        (_job(JobState.COMPLETED), _job(JobState.COMPLETED), JobState.COMPLETED, False),
        (_job(JobState.ABORTED), _job(JobState.COMPLETED, 2), JobState.COMPLETED, True),
        (_job(JobState.CANCELED), _job(JobState.COMPLETED, 2), JobState.COMPLETED, True),
        (_job(JobState.COMPLETED, errors=True), _job(JobState.COMPLETED, 2), JobState.COMPLETED, True),
        (None, _job(JobState.COMPLETED, 2), JobState.COMPLETED, True),
        # What CUPS calls over is not over while the device has it, and the other way round.
        (_job(JobState.CANCELED), _job(JobState.PROCESSING, 1), JobState.PROCESSING, False),
        (_job(JobState.PROCESSING), _job(JobState.ABORTED, 1), JobState.PROCESSING, False),
        (_job(JobState.ABORTED), _job(JobState.ABORTED, 1), JobState.ABORTED, False),
        (_job(JobState.PROCESSING, 2), None, JobState.PENDING, False),
    ],
)
def test_queue_and_printer_together(
    queued: JobFacts | None, printed: JobFacts | None, state: JobState, errors: bool
) -> None:
    facts = together(queued, printed)
    assert facts is not None
    assert (facts.state, facts.with_errors) == (state, errors)


def test_a_job_that_the_printer_forgot_and_the_queue_is_done_with_is_forgotten() -> None:
    assert together(None, None) is None
    assert together(_job(JobState.COMPLETED, 2), None) is None
