"""Signs requests to Gateway with an agent's runtime secret, by the standard library alone.

It is the profile of RFC 9421 that Gateway asks for, in one page: the way for a client in a language without an SDK.
"""
import base64
import hashlib
import hmac
import os
import time
from urllib.parse import urlsplit

TAG = "gateway-agent-v1"
SECRET_LENGTH = 43
CHECKSUM_LENGTH = 6
LIFETIME_SECONDS = 60


def derive_key(secret, tenant, agent, version):
    """HKDF-SHA256 (RFC 5869) without salt; the info is each field behind its length in two bytes. One block is all of the key."""
    fields = [field.encode() for field in (TAG, tenant, agent, str(version))]
    info = b"".join(len(field).to_bytes(2, "big") + field for field in fields)
    extracted = hmac.digest(bytes(32), secret.encode("ascii"), "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def sign(method, url, body, headers, runtime_secret, tenant, workspace, agent, version=1):
    """All headers of the request: those given, and what makes it signed. Send it once: the nonce is used up by that."""
    key_id, secret = runtime_secret.removeprefix("gws_").rsplit(".", 1)
    key = derive_key(secret[:SECRET_LENGTH], tenant, agent, version)
    target = urlsplit(url)
    signed = {name.lower(): value for name, value in headers.items()}
    signed |= {
        "content-digest": f"sha-256=:{_base64(hashlib.sha256(body).digest())}:",
        "gateway-tenant": tenant,
        "gateway-workspace": workspace,
        "gateway-agent": agent,
    }
    components = {
        "@method": method,
        "@authority": target.netloc.lower(),
        "@path": target.path or "/",
        "@query": "?" + target.query,
        **signed,
    }
    created = int(time.time())
    parameters = (
        "(" + " ".join(f'"{name}"' for name in components) + ")"
        f';created={created};expires={created + LIFETIME_SECONDS};nonce="{_base64(os.urandom(18))}";keyid="{key_id}";tag="{TAG}"'
    )
    lines = [f'"{name}": {value}' for name, value in components.items()] + [f'"@signature-params": {parameters}']
    signature = hmac.digest(key, "\n".join(lines).encode("ascii"), "sha256")
    return signed | {"signature-input": f"gateway={parameters}", "signature": f"gateway=:{_base64(signature)}:"}


def _base64(data):
    return base64.b64encode(data).decode("ascii")
