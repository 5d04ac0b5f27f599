"""upgrade_test.py OLD NEW PROVIDER: data that the gateway OLD wrote is opened by NEW, what NEW adds by OLD again, on both stores.

Real calls go through a stand-in provider, so that there is a journal; state is what the commands say. Ends with 1 and what differs.
"""

import contextlib
import getpass
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

from signed_request import sign

ROOT = pathlib.Path(__file__).resolve().parent.parent
POSTGRES = "/usr/lib/postgresql/15/bin"
PROVIDER = "http://127.0.0.1:8081"  # The sample documents name it.
CHAT = json.dumps({"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Hello"}]}).encode()
failures = []


def check(what, right, said=""):
    print(f"{'ok     ' if right else 'FAILED '} {what}", flush=True)
    if not right:
        failures.append(what)
        print("        " + str(said)[:2000])


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextlib.contextmanager
def process(line, **options):
    started = subprocess.Popen(line, **options)
    try:
        yield started
    finally:
        started.terminate()
        started.wait(60)


def wait_for(url, started, log=None):
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if started.poll() is not None:
            said = log.read_text()[-3000:] if log else ""
            raise SystemExit(f"{started.args[0]} ended with {started.returncode} before {url} answered.\n{said}")
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(url, timeout=2).read()
        time.sleep(0.1)
    raise SystemExit(f"{url} didn't answer within two minutes.")


def differences(before, after, where="state"):
    """What the first says and the second doesn't; a newer version may say more."""
    if isinstance(before, dict) and isinstance(after, dict):
        return [d for key in before for d in differences(before[key], after.get(key), f"{where}.{key}")]
    if where == "state.changes.changes":
        # What was changed while nothing ran is put on record by the next start: each that was told still is, with more beside it.
        return [f"{where}: {change} is gone" for change in before if all(differences(change, other) for other in after or [])]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [d for i, pair in enumerate(zip(before, after)) for d in differences(*pair, f"{where}[{i}]")]
    return [] if before == after else [f"{where}: {before!r} became {after!r}"]


class Instance:
    """One folder of data, opened by whichever version is named."""

    def __init__(self, folder, keys, settings):
        self.folder, self.port = folder, free_port()
        self.environment = {k: v for k, v in os.environ.items() if "Gateway__" not in k} | keys | settings
        self.environment |= {"Gateway__Governance__Path": "governance", "DOTNET_ENVIRONMENT": "Production"}

    def run(self, version, command, stdin="", expected=0):
        ended = subprocess.run(
            [version, *command.split("|"), "--json"],
            cwd=self.folder, env=self.environment, input=stdin, capture_output=True, text=True, timeout=180,
        )
        if ended.returncode != expected:
            raise SystemExit(f"{version} {command} ended with {ended.returncode}, not {expected}: {ended.stdout}{ended.stderr}")
        return json.loads(ended.stdout)["data"]

    def credential(self, version, agent, kind):
        return self.run(version, f"agents|credentials|create|--tenant|demo|--agent|{agent}|--kind|{kind}")["secret"]

    def state(self, version):
        """All that the commands tell of what is stored."""
        commands = {
            "vault": "vault|list|--tenant|demo",
            "credentials": "agents|credentials|list|--tenant|demo",
            "approvals": "approvals|list|--tenant|demo|--all",
            "kills": "kill|list|--tenant|demo",
            "changes": "changes|list|--tenant|demo",
        }
        return {name: self.run(version, command) for name, command in commands.items()}

    @contextlib.contextmanager
    def serving(self, version):
        operators = f"--Gateway:Administration:Urls=http://127.0.0.1:{free_port()}"
        line = [version, "serve", "--urls", f"http://127.0.0.1:{self.port}", operators]
        with open(self.folder / "serve.log", "ab") as log:
            with process(line, cwd=self.folder, env=self.environment, stdout=log, stderr=log) as started:
                wait_for(f"http://127.0.0.1:{self.port}/readyz", started, self.folder / "serve.log")
                yield
            if started.returncode != 0:
                raise SystemExit(f"{version} serve ended with {started.returncode}; its log: {self.folder}/serve.log")

    def send(self, method, path, body=b"", bearer=None, secret=None):
        """Status and body; signed anew while an instance that has just started can't tell a replay yet."""
        url = f"http://127.0.0.1:{self.port}{path}"
        for _ in range(30):
            headers = {"Content-Type": "application/json"} if body else {}
            if bearer:
                headers["Authorization"] = f"Bearer {bearer}"
            if secret:
                headers = sign(method, url, body, headers, secret, "demo", "main", "assistant")
            try:
                with urllib.request.urlopen(urllib.request.Request(url, body or None, headers, method=method), timeout=30) as answer:
                    return answer.status, answer.read().decode()
            except urllib.error.HTTPError as refused:
                status, text = refused.code, refused.read().decode()
            if status != 503 or "not_ready" not in text:
                return status, text
            time.sleep(0.5)
        return status, text

    def expect(self, what, status, method, path, body=b"", because="", **proof):
        got = self.send(method, path, body, **proof)
        said = json.loads(got[1]) if got[0] >= 400 else {}
        code = said.get("gateway", said).get("code", "") # In a model's door it stands beside the provider's own kind of error.
        check(f"{what}: {status} {because}".strip(), (got[0], code) == (status, because), got)
        return got[1]

    def verify(self, version, what):
        line = [version, "verify", "data/journal"]
        ended = subprocess.run(line, cwd=self.folder, env=self.environment, capture_output=True, text=True, timeout=180)
        check(f"{what} verifies the journal", ended.returncode == 0, ended.stdout + ended.stderr)


class Round:
    """What one version writes, and what each must find of it."""

    def __init__(self, instance):
        self.instance = instance
        self.written = []

    def write(self, version, number, secret):
        i = self.instance
        i.run(version, f"vault|put|--tenant|demo|--path|round-{number}|--field|key", stdin=f"secret-{number}")
        bearer, revoked, intern = (i.credential(version, agent, "bearer") for agent in ("assistant", "assistant", "intern"))
        identity = revoked.removeprefix("gwk_").rsplit(".", 1)[0].split(".", 1)[1]
        i.run(version, f"agents|credentials|revoke|--tenant|demo|--id|{identity}|--reason|round {number}")
        with i.serving(version):
            i.expect("a call with a key of its own is let through", 200, "POST", "/v1/chat/completions", CHAT, bearer=bearer)
            used, waiting = (self.refund(f"{number}-{name}") for name in ("used", "waiting"))
            asked = self.asked("a payment waits for people", used, secret)
            self.approve(version, asked)
            i.expect("approved, it goes ahead", 201, "POST", "/tools/crm/refunds", used, secret=secret)
            later = self.asked("another one waits", waiting, secret)
            i.expect("a deletion is blocked", 403, "DELETE", "/tools/crm/contacts/c-1", b"", "approval_gate_missing", secret=secret)
            i.expect("the intern is let through", 200, "POST", "/v1/chat/completions", CHAT, bearer=intern)
            if number == 1:
                i.run(version, "agents|suspend|--tenant|demo|--agent|intern|--reason|round 1")
                i.run(version, "kill|connector|anthropic|--tenant|demo|--reason|round 1")
        self.written.append((number, bearer, revoked, intern, used, waiting, later))

    def found(self, version, secret):
        """What was written before still holds: keys, revocations, standing, kills, approvals used and waiting."""
        i = self.instance
        with i.serving(version):
            for number, bearer, revoked, intern, used, waiting, later in self.written:
                i.expect(f"round {number}: the key is good", 200, "POST", "/v1/chat/completions", CHAT, bearer=bearer)
                chat = ("POST", "/v1/chat/completions", CHAT)
                i.expect(f"round {number}: the revoked key is not", 401, *chat, "unauthenticated", bearer=revoked)
                i.expect(f"round {number}: the intern is suspended", 403, *chat, "agent_not_active", bearer=intern)
                i.expect(f"round {number}: what is stopped stays so", 403, "POST", "/v1/messages", self.message(), "killed", bearer=bearer)
                self.asked(f"round {number}: a used approval isn't used again", used, secret)
                if later:
                    self.approve(version, later)
                    what = f"round {number}: the waiting payment, approved, goes ahead"
                    i.expect(what, 201, "POST", "/tools/crm/refunds", waiting, secret=secret)
        self.written = [(*entry[:-1], None) for entry in self.written]

    def asked(self, what, payment, secret):
        """The approval that a refused payment waits for."""
        refused = self.instance.expect(what, 403, "POST", "/tools/crm/refunds", payment, "approval_required", secret=secret)
        return json.loads(refused)["approval"]["id"]

    def approve(self, version, asked):
        view = self.instance.run(version, f"approvals|show|{asked}|--tenant|demo")["view_sha256"]
        self.instance.run(version, f"approvals|approve|{asked}|--tenant|demo|--view|{view}|--reason|A customer was overcharged")

    @staticmethod
    def refund(reference):
        return json.dumps({"contact": "c-1", "amount": 10, "currency": "EUR", "reference": reference}).encode()

    @staticmethod
    def message():
        return json.dumps({"model": "claude-sonnet-4-5", "max_tokens": 16, "messages": [{"role": "user", "content": "Hello"}]}).encode()


def there_and_back(old, new, folder, settings):
    shutil.copytree(ROOT / "samples" / "governance", folder / "governance")
    permissions = folder / "governance" / "permissions.yaml"
    text = permissions.read_text()
    permissions.write_text(text.replace("members: [cleo, dora]", f"members: [cleo, dora, {json.dumps(person())}]"))
    keys = subprocess.run([old, "keys", "init"], capture_output=True, text=True, check=True).stdout
    instance = Instance(folder, dict(line.split("=", 1) for line in keys.split()), settings)
    for path, field in (("openai", "key"), ("anthropic", "key"), ("crm", "token")):
        instance.run(old, f"vault|put|--tenant|demo|--path|{path}|--field|{field}", stdin=f"standin-{path}-{field}")
    secret = instance.credential(old, "assistant", "hmac")
    stage = Round(instance)

    print("-- the older version writes")
    stage.write(old, 1, secret)
    instance.verify(old, "the older version")
    before = instance.state(old)

    print("-- this version opens it")
    with instance.serving(new):
        pass  # A start brings the store up to date; no command does.
    differ = differences(before, instance.state(new))
    check("this version tells all that the older one tells", not differ, "\n        ".join(differ))
    instance.verify(new, "this version")
    stage.found(new, secret)

    print("-- this version writes")
    instance.run(new, "agents|activate|--tenant|demo|--agent|intern|--reason|for round 2")
    instance.run(new, "keys|rotate")
    stage.write(new, 2, secret)
    instance.run(new, "agents|suspend|--tenant|demo|--agent|intern|--reason|round 2")
    instance.verify(new, "this version")
    before = instance.state(new)

    print("-- the older version opens that")
    differ = differences(instance.state(old), before)
    check("the older version tells nothing else than this one", not differ, "\n        ".join(differ))
    instance.verify(old, "the older version")
    stage.found(old, secret)
    instance.verify(old, "the older version, after calls of its own,")
    instance.verify(new, "this version, after these calls,")


def person():
    """As Gateway names who runs a command: with the number of who logged in, where that is somebody else (sudo)."""
    with contextlib.suppress(OSError):
        login = pathlib.Path("/proc/self/loginuid").read_text().strip()
        if login not in ("0", "4294967295", str(os.getuid())):
            return f"{getpass.getuser()} (login {login})"
    return getpass.getuser()


@contextlib.contextmanager
def postgres():
    """A server of its own, which ends with this; PostgreSQL refuses to run as root."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="gateway-upgrade-postgres-"))
    root = os.getuid() == 0
    if root:
        shutil.chown(folder, "postgres", "postgres")
    become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] if root else []
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    port = free_port()
    try:
        line = [f"{POSTGRES}/initdb", "--no-sync", "--pgdata", folder / "data", "--username=gateway", "--auth=trust", "--encoding=UTF8"]
        subprocess.run([*become, *line], check=True, **quiet)
        line = [f"{POSTGRES}/postgres", "-D", folder / "data", "-p", str(port), "-k", folder, "-c", "listen_addresses=127.0.0.1"]
        with process([*become, *line], **quiet):
            ready = [f"{POSTGRES}/createdb", "-h", folder, "-p", str(port), "-U", "gateway", "gateway"]
            deadline = time.monotonic() + 60
            while subprocess.run(ready, **quiet).returncode != 0:
                if time.monotonic() > deadline:
                    raise SystemExit("PostgreSQL didn't start within a minute.")
                time.sleep(0.2)
            yield f"Host=127.0.0.1;Port={port};Database=gateway;Username=gateway"
    finally:
        shutil.rmtree(folder)


def postgres_settings(connection):
    """With a deadline for a machine that builds at the same time: what is under test here is no speed."""
    return {"Gateway__Store__Kind": "postgres", "Gateway__Store__Connection": connection, "Gateway__Store__Deadline": "00:00:05"}


def main(old, new, provider):
    old, new = (str(pathlib.Path(p).resolve()) for p in (old, new))
    with process([provider, "--urls", PROVIDER], stdout=subprocess.DEVNULL) as standin, tempfile.TemporaryDirectory() as folder:
        wait_for(PROVIDER + "/_count", standin)
        print("== SQLite")
        (pathlib.Path(folder) / "sqlite").mkdir()
        there_and_back(old, new, pathlib.Path(folder) / "sqlite", {})
        print("== PostgreSQL")
        (pathlib.Path(folder) / "postgres").mkdir()
        with postgres() as connection:
            there_and_back(old, new, pathlib.Path(folder) / "postgres", postgres_settings(connection))
    print(f"{len(failures)} failed" + "".join(f"\n  {name}" for name in failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
