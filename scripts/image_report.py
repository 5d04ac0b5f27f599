"""image_report.py OCI: prints each platform's digest and compressed sizes from an OCI layout; fails where a bound is broken."""

import json
import pathlib
import sys

# What a rollout pulls for a new version on a base that is there, and for the first one.
OWN_BOUND, WHOLE_BOUND = 15_000_000, 100_000_000


def blob(layout, descriptor):
    return json.loads((layout / "blobs" / descriptor["digest"].replace(":", "/")).read_text())


def images(layout, index):
    """The manifests of an index, and of indexes in it."""
    for descriptor in index["manifests"]:
        document = blob(layout, descriptor)
        yield from images(layout, document) if "manifests" in document else [(descriptor["digest"], document)]


def own_layers(config):
    """How many layers, the last ones, are of our Dockerfile, whose first one is the copy to /app."""
    made = [step.get("created_by", "") for step in config["history"] if not step.get("empty_layer")]
    first = next(number for number, step in enumerate(made) if "COPY" in step and "/app" in step)
    return len(made) - first


layout = pathlib.Path(sys.argv[1])
index = json.loads((layout / "index.json").read_text())
broken = []
for digest, manifest in images(layout, index):
    config = blob(layout, manifest["config"])
    sizes = [layer["size"] for layer in manifest["layers"]]
    own, whole = sum(sizes[-own_layers(config) :]), sum(sizes)
    print(f"linux/{config['architecture']:6} {digest}  Gateway's layers {own / 1e6:.2f} MB, all {whole / 1e6:.2f} MB compressed")
    if own > OWN_BOUND:
        broken.append(f"linux/{config['architecture']}: what Gateway adds is {own} bytes compressed, over {OWN_BOUND}.")
    if whole > WHOLE_BOUND:
        broken.append(f"linux/{config['architecture']}: the image is {whole} bytes compressed, over {WHOLE_BOUND}.")
print("index       ", index["manifests"][0]["digest"])
sys.exit("\n".join(broken) or 0)
