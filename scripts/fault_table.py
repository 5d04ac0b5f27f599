#!/usr/bin/env python3
"""Prints the fault experiments' results (*.trx) below a folder as a table: what was done, whether it went as it must, and the figures.

usage: fault_table.py FOLDER
Exits with 1 where one failed or none ran.
"""
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

SPACE = "{http://microsoft.com/schemas/VisualStudio/TeamTest/2010}"


def rows(folder):
    for file in sorted(folder.rglob("*.trx")):
        for result in ElementTree.parse(file).iter(SPACE + "UnitTestResult"):
            name = result.get("testName").split(".Faults.")[-1].split(".Serving.")[-1]
            group, _, what = name.partition(".")
            printed = result.find(f"{SPACE}Output/{SPACE}StdOut")
            lines = [line.strip() for line in (printed.text or "").splitlines()] if printed is not None else []
            yield group.removesuffix("Tests"), what.replace("_", " "), result.get("outcome"), [line for line in lines if line]


def main():
    table = sorted(rows(Path(sys.argv[1])))
    words = {"Passed": "as it must", "NotExecuted": "skipped"}
    for group, what, outcome, lines in table:
        what = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", what)
        print(f"{words.get(outcome, 'FAILED'):<11} {group}: {what}")
        for line in lines:
            print(f"{'':<12}{line}")
    failed = sum(outcome not in words for _, _, outcome, _ in table)
    print(f"{len(table)} faults, {failed} not survived")
    return 1 if failed or not table else 0


sys.exit(main())
