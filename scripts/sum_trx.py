#!/usr/bin/env python3
"""Adds up the test results (*.trx) below a folder and prints one line: N passed, N failed, N skipped.

Before it stands each test that failed with what it said: a reader of the end of a log needs no more than that.

usage: sum_trx.py FOLDER [BROKEN]    BROKEN: test runs that ended with an error, whatever their results say.
Exits with 1 where a test failed, a run broke or no test ran.
"""
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

SCHEMA = "{http://microsoft.com/schemas/VisualStudio/TeamTest/2010}"
RESULT = SCHEMA + "UnitTestResult"
KINDS = {"Passed": "passed", "NotExecuted": "skipped"}
LINES_OF_A_FAILURE = 12


def failure(result):
    """What a failed test said, its name first: the lines of its message, then of its stack."""
    said = [text.text or "" for tag in ("Message", "StackTrace") for text in result.iter(SCHEMA + tag)]
    lines = [line for text in said for line in text.splitlines()]
    return "\n    ".join([f"FAILED {result.get('testName')}"] + lines[:LINES_OF_A_FAILURE])


def main():
    folder = Path(sys.argv[1])
    broken = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    totals = Counter()
    for file in sorted(folder.rglob("*.trx")):
        for result in ElementTree.parse(file).iter(RESULT):
            # Whatever is neither passed nor skipped (failed, timed out, aborted, unknown) is a failure.
            kind = KINDS.get(result.get("outcome"), "failed")
            totals[kind] += 1
            if kind == "failed":
                print(failure(result))

    print(f"{totals['passed']} passed, {totals['failed']} failed, {totals['skipped']} skipped")
    return 1 if totals["failed"] or broken or not totals["passed"] else 0


sys.exit(main())
