#!/usr/bin/env python3
"""Shows against a running instance what Gateway lets through and what it stops. Exits with 1 where anything goes otherwise.

Reads data/run.env, which `make run` writes; the environment overrides it.
"""
import http.client
import json
import os
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from signed_request import sign

NAMES = ("GATEWAY_URL", "GATEWAY_TENANT", "GATEWAY_WORKSPACE", "GATEWAY_AGENT", "GATEWAY_KEY", "GATEWAY_SECRET")
DEFAULTS = {"GATEWAY_URL": "http://127.0.0.1:8080", "GATEWAY_TENANT": "demo", "GATEWAY_WORKSPACE": "main", "GATEWAY_AGENT": "assistant"}


def settings():
    values = dict(DEFAULTS)
    file = Path(__file__).resolve().parent.parent / "data" / "run.env"
    if file.exists():
        values |= dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line)
    values |= {name: os.environ[name] for name in NAMES if name in os.environ}
    missing = [name for name in NAMES if not values.get(name)]
    if missing:
        sys.exit(f"Not set: {', '.join(missing)}. Start an instance with 'make run', or set them.")
    return values


def send(url, method, path, headers=None, body=b""):
    """Status, decision and body of one request, sent exactly as given."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=15)
    try:
        connection.request(method, path, body or None, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Gateway-Decision", "none"), answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


class Demo:
    def __init__(self, values):
        self.values = values
        self.failures = 0

    def signed(self, method, path):
        v = self.values
        return sign(method, v["GATEWAY_URL"] + path, b"", {}, v["GATEWAY_SECRET"], v["GATEWAY_TENANT"], v["GATEWAY_WORKSPACE"], v["GATEWAY_AGENT"])

    def send_signed(self, method, path):
        """Signs and sends; anew while an instance that has just started can't tell a replay yet (docs/shared-state.md)."""
        for _ in range(20):
            headers = self.signed(method, path)
            answer = send(self.values["GATEWAY_URL"], method, path, headers)
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

    def run(self):
        url = self.values["GATEWAY_URL"]
        chat = json.dumps({"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Hello"}]}).encode()
        bearer = {"Authorization": f"Bearer {self.values['GATEWAY_KEY']}", "Content-Type": "application/json"}
        self.show("an allowed model call gets an answer", send(url, "POST", "/v1/chat/completions", bearer, chat), 200, "allow")

        read, answer = self.send_signed("GET", "/tools/crm/contacts/c-1")
        self.show("an allowed tool call, signed, gets an answer", answer, 200, "allow")
        self.show("the same bytes sent again are a replay and stop", send(url, "GET", "/tools/crm/contacts/c-1", read), 401)

        _, answer = self.send_signed("DELETE", "/tools/crm/contacts/c-1")
        self.show("a deletion that nobody could approve is blocked", answer, 403, "block")

        nobody = {"Content-Type": "application/json"}
        self.show("without a credential nothing happens", send(url, "POST", "/v1/chat/completions", nobody, chat), 401)
        return 1 if self.failures else 0


if __name__ == "__main__":
    try:
        sys.exit(Demo(settings()).run())
    except OSError as error:
        sys.exit(f"No answer from the instance: {error}. Is 'make run' running?")
