"""sbom.py PUBLISHED: prints the CycloneDX 1.6 SBOM of a published gateway, from its gateway.deps.json.

What is in it is what is shipped: each NuGet package with the SHA-512 of its .nupkg, and who needs whom. The .NET runtime isn't: it comes
with the image's base or the machine, which has an SBOM of its own. The same input gives the same bytes, without a time or a random number.
"""

import base64
import json
import os
import sys
import uuid
import xml.etree.ElementTree as xml


def licence(path):
    """The package's SPDX expression, from its .nuspec where the packages lie; none where it names a file or an address only."""
    packages = os.environ.get("NUGET_PACKAGES") or os.path.expanduser("~/.nuget/packages")
    nuspec = os.path.join(packages, path, path.split("/")[0] + ".nuspec")
    if not os.path.exists(nuspec):
        return None
    element = xml.parse(nuspec).getroot().find(".//{*}license")
    return element.text if element is not None and element.get("type") == "expression" else None


def component(name, version, library):
    if library["type"] == "project":
        return {"type": "library", "bom-ref": name, "name": name, "version": version, "licenses": [{"expression": "Apache-2.0"}]}
    purl = f"pkg:nuget/{name}@{version}"
    made = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    spdx = licence(library["path"])
    if spdx:
        made["licenses"] = [{"expression": spdx}]
    digest = base64.b64decode(library["sha512"].removeprefix("sha512-")).hex()
    return made | {"hashes": [{"alg": "SHA-512", "content": digest}]}


def bill(deps):
    target = deps["targets"][deps["runtimeTarget"]["name"]]
    libraries = {tuple(key.split("/")): library for key, library in deps["libraries"].items()}
    product = next(version for (name, version) in libraries if name == "gateway")
    components = {
        name: component(name, product if library["type"] == "project" else version, library)
        for (name, version), library in sorted(libraries.items())
    }
    needs = {key.split("/")[0]: sorted(entry.get("dependencies", {})) for key, entry in target.items()}
    root = components.pop("gateway") | {"type": "application"}
    references = {"gateway": root["bom-ref"]} | {name: c["bom-ref"] for name, c in components.items()}
    made = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": root},
        "components": list(components.values()),
        # A package of the framework's own is named as needed and isn't shipped.
        "dependencies": [
            {"ref": references[name], "dependsOn": [references[n] for n in needed if n in references]}
            for name, needed in sorted(needs.items())
        ],
    }
    made["serialNumber"] = "urn:uuid:" + str(uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(made, sort_keys=True)))
    return made


with open(os.path.join(sys.argv[1], "gateway.deps.json"), encoding="utf-8") as file:
    print(json.dumps(bill(json.load(file)), indent=2))
