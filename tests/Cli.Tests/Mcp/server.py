"""A small MCP server over its standard streams, for the bridge's tests: what it is told to do it does, good or bad."""

import json
import os
import subprocess
import sys
import time


def say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def ask(method):
    """Asks the client, and waits for its answer."""
    say({"jsonrpc": "2.0", "id": "ask-1", "method": method, "params": {}})
    for line in sys.stdin:
        message = json.loads(line)
        if message.get("id") == "ask-1":
            return message["result"]


def run(name, given, asked):
    if name == "env":
        return dict(os.environ)
    if name == "echo":
        return given
    if name == "descriptors":
        return sorted(int(name) for name in os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd/" + name))
    if name == "limits":
        return open("/proc/self/limits").read()
    if name == "write":
        with open(given["path"], "w") as file:
            file.write("written")
        return "written"
    if name == "processes":
        return [one for one in os.listdir("/proc") if one.isdigit()]
    if name == "family":
        # A child of the same group, a grandchild, and a child that leads a session of its own.
        children = [
            subprocess.Popen(["sleep", "1000"]),
            subprocess.Popen(["sh", "-c", "trap '' TERM; sleep 1000 & wait"]),
            subprocess.Popen(["setsid", "sleep", "1000"]),
        ]
        return [os.getpid()] + [child.pid for child in children]
    if name == "roots":
        return ask("roots/list")
    if name == "progress":
        for step in range(3):
            say({"jsonrpc": "2.0", "method": "notifications/progress", "params": {"progressToken": asked["_meta"]["progressToken"], "progress": step}})
        return "done"
    if name == "log":
        sys.stderr.write(given["text"] + "\n")
        sys.stderr.flush()
        return "done"
    if name == "garbage":
        for _ in range(given["lines"]):
            print("Listening on stdio \x1b[2J", flush=True)
        return "done"
    if name == "huge":
        return "x" * given["bytes"]
    if name == "exit":
        sys.exit(given["code"])
    if name == "hang":
        time.sleep(1000)
    if name == "slow":
        time.sleep(given["seconds"])
        return "done"
    if name == "raw":
        print(given["line"], flush=True)
        return "done"
    return None


def answer(message):
    method, asked = message["method"], message.get("params", {})
    if method == "initialize":
        return {"protocolVersion": asked["protocolVersion"], "capabilities": {"tools": {}}, "serverInfo": {"name": "test", "version": "1"}}
    if method == "tools/call":
        result = run(asked["name"], asked.get("arguments", {}), asked)
        return {"content": [{"type": "text", "text": json.dumps(result)}]}
    return {}


if "--never" in sys.argv:
    time.sleep(1000)

for line in sys.stdin:
    message = json.loads(line)
    if "method" in message and "id" in message:
        say({"jsonrpc": "2.0", "id": message["id"], "result": answer(message)})
    elif message.get("method") == "notifications/initialized" and "--asks" in sys.argv:
        say({"jsonrpc": "2.0", "id": "early", "method": "roots/list"})
