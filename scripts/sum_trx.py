#!/usr/bin/env python3
"""Adds up the test results (*.trx) below a folder and prints one line: N passed, N failed, N skipped.

usage: sum_trx.py FOLDER [BROKEN]    BROKEN: test runs that ended with an error, whatever their results say.
Exits with 1 where a test failed, a run broke or no test ran.
"""
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

RESULT = "{http://microsoft.com/schemas/VisualStudio/TeamTest/2010}UnitTestResult"
KINDS = {"Passed": "passed", "NotExecuted": "skipped"}


def main():
    folder = Path(sys.argv[1])
    broken = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    totals = Counter()
    for file in sorted(folder.rglob("*.trx")):
        for result in ElementTree.parse(file).iter(RESULT):
            # Whatever is neither passed nor skipped (failed, timed out, aborted, unknown) is a failure.
            totals[KINDS.get(result.get("outcome"), "failed")] += 1

    print(f"{totals['passed']} passed, {totals['failed']} failed, {totals['skipped']} skipped")
    return 1 if totals["failed"] or broken or not totals["passed"] else 0


sys.exit(main())
