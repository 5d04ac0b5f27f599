// node pod.mjs FOLDER < RENDERING: the StatefulSet's first pod as `podman kube play` takes it, with its ConfigMaps, in FOLDER/pod.yaml.
// Prints what isn't podman's to keep: `grace SECONDS`, and of each probe `NAME PORT PATH PERIOD TIMEOUT FAILURES`.
//
// What podman 4.3 can't do is translated, and nothing else:
//   the volume `settings` is a host's folder, FOLDER/settings, with the same appsettings.json: podman has no downwardAPI volume;
//   the claim `data` is the host's folder FOLDER/data, which the caller gives to the pod's user as fsGroup would;
//   the probes go, as podman would ask them by a curl inside the image, which has none: the caller asks them;
//   the annotations go, as podman takes none longer than 63 characters;
//   the ports go, as podman would publish them, which a pod without a network can't.
import fs from 'node:fs';
import path from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';

const folder = path.resolve(process.argv[2]);
const objects = parseAllDocuments(fs.readFileSync(0, 'utf8')).map((document) => document.toJSON()).filter(Boolean);
const set = objects.find((object) => object.kind === 'StatefulSet');
const maps = objects.filter((object) => object.kind === 'ConfigMap');
const { metadata, spec } = set.spec.template;

const settings = spec.volumes.find((volume) => volume.name === 'settings');
const annotation = settings.downwardAPI?.items.find((item) => item.path === 'appsettings.json').fieldRef.fieldPath.match(/\['(.+)'\]/)[1];
const text = annotation
  ? metadata.annotations[annotation]
  : maps.find((map) => map.metadata.name === settings.configMap.name).data['appsettings.json'];
fs.mkdirSync(path.join(folder, 'settings'), { recursive: true });
fs.writeFileSync(path.join(folder, 'settings', 'appsettings.json'), text);

const onHost = (name) => ({ name, hostPath: { path: path.join(folder, name), type: 'Directory' } });
const claims = (set.spec.volumeClaimTemplates ?? []).map((claim) => claim.metadata.name);
spec.volumes = [...spec.volumes.filter((volume) => volume !== settings), ...['settings', ...claims].map(onHost)];

const [container] = spec.containers;
console.log(`grace ${spec.terminationGracePeriodSeconds}`);
for (const name of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
  const { httpGet, periodSeconds = 10, timeoutSeconds = 1, failureThreshold = 3 } = container[name];
  const port = container.ports.find((known) => known.name === httpGet.port)?.containerPort ?? httpGet.port;
  console.log(`${name} ${port} ${httpGet.path} ${periodSeconds} ${timeoutSeconds} ${failureThreshold}`);
  delete container[name];
}
delete container.ports;

const mounted = spec.volumes.map((volume) => volume.configMap?.name);
const named = { name: `${set.metadata.name}-0`, labels: metadata.labels };
const pod = { apiVersion: 'v1', kind: 'Pod', metadata: named, spec };
const documents = [...maps.filter((map) => mounted.includes(map.metadata.name)), pod];
fs.writeFileSync(path.join(folder, 'pod.yaml'), documents.map((document) => stringify(document)).join('---\n'));
