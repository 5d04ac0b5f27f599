#!/usr/bin/env python3
"""Shows against a running instance what Gateway lets through and what it stops. Exits with 1 where anything goes otherwise.

Reads data/run.env, which `make run` writes; the environment overrides it.
"""
import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

from signed_request import sign

ROOT = Path(__file__).resolve().parent.parent
ALSO = ("GATEWAY_GOVERNANCE",)
NAMES = ("GATEWAY_URL", "GATEWAY_TENANT", "GATEWAY_WORKSPACE", "GATEWAY_AGENT", "GATEWAY_KEY", "GATEWAY_SECRET")
DEFAULTS = {"GATEWAY_URL": "http://127.0.0.1:8080", "GATEWAY_TENANT": "demo", "GATEWAY_WORKSPACE": "main", "GATEWAY_AGENT": "assistant"}


def settings():
    values = dict(DEFAULTS)
    file = ROOT / "data" / "run.env"
    if file.exists():
        values |= dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line)
    values |= {name: os.environ[name] for name in NAMES + ALSO if name in os.environ}
    missing = [name for name in NAMES if not values.get(name)]
    if missing:
        sys.exit(f"Not set: {', '.join(missing)}. Start an instance with 'make run', or set them.")
    return values


def send(url, method, path, headers=None, body=b""):
    """Status, decision, body and receipt of one request, sent exactly as given."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=15)
    try:
        connection.request(method, path, body or None, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Gateway-Decision", "none"), answer.read().decode("utf-8", "replace"), answer.getheader("Gateway-Receipt", "")
    finally:
        connection.close()


class Demo:
    def __init__(self, values):
        self.values = values
        self.failures = 0

    def signed(self, method, path, body=b""):
        v = self.values
        headers = {"Content-Type": "application/json"} if body else {}
        return sign(method, v["GATEWAY_URL"] + path, body, headers, v["GATEWAY_SECRET"], v["GATEWAY_TENANT"], v["GATEWAY_WORKSPACE"], v["GATEWAY_AGENT"])

    def send_signed(self, method, path, body=b""):
        """Signs and sends; anew while an instance that has just started can't tell a replay yet (docs/shared-state.md)."""
        for _ in range(20):
            headers = self.signed(method, path, body)
            answer = send(self.values["GATEWAY_URL"], method, path, headers, body)
            if answer[0] != 503 or "not_ready" not in answer[2]:
                break
            time.sleep(1)
        return headers, answer

    def show(self, what, answer, status, decision=None):
        right = answer[0] == status and (decision is None or answer[1] == decision)
        self.failures += not right
        print(f"{'ok  ' if right else 'FAIL'} {what}\n       {answer[0]}, decision {answer[1]}: {answer[2][:160]}")
        if not right:
            print(f"       expected {status}" + (f", decision {decision}" if decision else ""))

    def tell(self, what, right, text):
        self.failures += not right
        print(f"{'ok  ' if right else 'FAIL'} {what}\n       {text.strip()[:400]}")

    def approvals(self, *arguments):
        """Runs `gateway approvals` on the instance, as whoever runs this: exit code and data."""
        command = os.environ.get("GATEWAY_COMMAND", str(ROOT / "artifacts" / "gateway"))
        environment = os.environ | {"DOTNET_ENVIRONMENT": "Development", "Gateway__Governance__Path": self.values["GATEWAY_GOVERNANCE"]}
        ended = subprocess.run(
            [command, "approvals", *arguments, "--tenant", self.values["GATEWAY_TENANT"], "--json"],
            cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
        )
        return ended.returncode, json.loads(ended.stdout or "{}")

    def approve(self):
        """A payment that people must approve: refused, shown, approved by somebody who doesn't own the agent, carried out, and used up."""
        if not self.values.get("GATEWAY_GOVERNANCE"):
            print("       approvals are shown where 'make run' runs: name its documents by GATEWAY_GOVERNANCE otherwise")
            return

        refund = json.dumps({"contact": "c-1", "amount": 10, "currency": "EUR", "reference": f"demo-{time.time_ns()}"}).encode()
        _, answer = self.send_signed("POST", "/tools/crm/refunds", refund)
        self.show("a payment waits for people", answer, 403, "require_approval")
        asked = json.loads(answer[2]).get("approval", {}).get("id", "")
        _, shown = self.approvals("show", asked)
        view = shown.get("data", {})
        self.tell("they are shown all of it", view.get("state") == "pending", json.dumps(view.get("view")))
        code, voted = self.approvals("approve", asked, "--view", view.get("view_sha256", ""), "--reason", "A customer was overcharged")
        people = ", ".join(vote["person"] for vote in voted.get("data", {}).get("votes", []))
        self.tell("one of finance approves exactly that", code == 0, people or json.dumps(voted))
        _, answer = self.send_signed("POST", "/tools/crm/refunds", refund)
        self.show("the identical call goes ahead", answer, 201, "allow")
        _, answer = self.send_signed("POST", "/tools/crm/refunds", refund)
        self.show("and once only", answer, 403, "require_approval")
        asked = json.loads(answer[2]).get("approval", {}).get("id", "")
        _, answer = self.send_signed("DELETE", f"/v1/agent/approvals/{asked}")
        self.show("the agent takes back what it no longer wants", answer, 200, "allow")

    def verify(self, what, expected, *arguments):
        """Runs `gateway verify`, which needs no instance; its exit code must be the one that is expected."""
        command = os.environ.get("GATEWAY_COMMAND", str(ROOT / "artifacts" / "gateway"))
        ended = subprocess.run([command, "verify", *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False)
        self.tell(what, ended.returncode == expected, f"exit code {ended.returncode}: {ended.stdout}{ended.stderr}")
        return ended.stdout + ended.stderr

    def prove(self, folder, receipts, bearer):
        """Fetches the receipts of what was allowed and what was blocked, and verifies them; then a copy of the journal, as it is and tampered with."""
        keys = folder / "keys.json"
        keys.write_text(send(self.values["GATEWAY_URL"], "GET", "/.well-known/jwks.json")[2])
        journal = Path(os.environ.get("GATEWAY_JOURNAL", ROOT / "data" / "journal"))
        replay = ["--replay", "--snapshots", journal] if journal.is_dir() else []
        for what, receipt in zip(("the allowed call", "the blocked call"), receipts):
            answer = send(self.values["GATEWAY_URL"], "GET", f"/v1/receipts/{receipt}", {"Authorization": bearer["Authorization"]})
            file = folder / "receipt.json"
            file.write_text(answer[2])
            self.verify(f"the receipt of {what} proves its record{' and its decision follows again' if replay else ''}", 0, file, "--keys", keys, *replay)
        if not replay:
            print(f"       there is no journal in {journal}: name it by GATEWAY_JOURNAL to see a copy of it tampered with")
            return

        copy = folder / "journal"
        shutil.copytree(journal, copy)
        self.tamper(copy, keys, receipts[0])

    def tamper(self, copy, keys, receipt):
        """One digit of one record is changed, in a copy that nobody else uses."""
        log, index = receipt.split(".")
        segment = max((s for s in copy.glob(f"*/{log}/segment-*.log") if int(s.stem.split("-")[1]) <= int(index)), key=lambda s: s.name)
        content = bytearray(segment.read_bytes())
        at = content.index(b'"verdict":"') + len(b'"verdict":"')
        content[at] ^= 1
        segment.write_bytes(content)
        text = self.verify("a copy of the journal with one changed byte fails, with its place", 2, copy, "--keys", keys)
        self.tell("it names the file that was changed", str(segment) in text, f"changed was byte {at} of {segment.name}")

    def run(self):
        url = self.values["GATEWAY_URL"]
        chat = json.dumps({"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Hello"}]}).encode()
        bearer = {"Authorization": f"Bearer {self.values['GATEWAY_KEY']}", "Content-Type": "application/json"}
        self.show("an allowed model call gets an answer", send(url, "POST", "/v1/chat/completions", bearer, chat), 200, "allow")

        read, answer = self.send_signed("GET", "/tools/crm/contacts/c-1")
        self.show("an allowed tool call, signed, gets an answer", answer, 200, "allow")
        self.show("the same bytes sent again are a replay and stop", send(url, "GET", "/tools/crm/contacts/c-1", read), 401)

        receipts = [answer[3]]

        _, answer = self.send_signed("DELETE", "/tools/crm/contacts/c-1")
        self.show("a deletion that nobody could approve is blocked", answer, 403, "block")
        receipts.append(answer[3])

        nobody = {"Content-Type": "application/json"}
        self.show("without a credential nothing happens", send(url, "POST", "/v1/chat/completions", nobody, chat), 401)
        self.approve()
        with tempfile.TemporaryDirectory() as folder:
            self.prove(Path(folder), receipts, bearer)
        return 1 if self.failures else 0


if __name__ == "__main__":
    try:
        sys.exit(Demo(settings()).run())
    except OSError as error:
        sys.exit(f"No answer from the instance: {error}. Is 'make run' running?")
