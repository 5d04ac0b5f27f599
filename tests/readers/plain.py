"""Says what Python's own server, URL and JSON readers understood of a request, used as their pages show it."""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

OPERATIONS = {
    ("GET", "contacts"): "list-contacts",
    ("GET", "contacts", "export"): "export-contacts",
    ("GET", "contacts", "{id}"): "get-contact",
    ("POST", "contacts", "{id}", "notes"): "add-note",
    ("POST", "forms"): "send-form",
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            status, said = 200, self.understood(body)
        except (ValueError, KeyError):
            status, said = 400, {"operation": None}
        text = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = answer

    def log_message(self, *_):
        pass

    def understood(self, body):
        parts = urlsplit(self.path)
        segments = unquote(parts.path).strip("/").split("/")
        query = parse_qs(parts.query)
        fields = {}
        if body and self.headers.get_content_type() == "application/json":
            fields = json.loads(body)
        elif body:
            fields = {name: values[-1] for name, values in parse_qs(body.decode()).items()}
        exact = (self.command, *segments)
        hole = (self.command, *("{id}" if i == 1 else part for i, part in enumerate(segments)))
        name = next(key for key in (exact, hole) if key in OPERATIONS) if {exact, hole} & OPERATIONS.keys() else None
        return {
            "operation": OPERATIONS.get(name),
            "id": segments[1] if name == hole and len(segments) > 1 else None,
            "scope": text(query["scope"][-1]) if "scope" in query else None,
            "text": text(fields.get("text")),
            "amount": text(fields.get("amount")),
        }


def text(value):
    return value if value is None or isinstance(value, str) else json.dumps(value)


server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 0), Handler)
server.daemon_threads = True
print(server.server_port, flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()  # Ends with whoever started it.
