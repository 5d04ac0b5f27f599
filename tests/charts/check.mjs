// node check.mjs FILE...: what Kubernetes' own schemas refuse (missing, wrong type, enum, pattern), as JSON of file and problems.
// Unknown fields pass here: the strict reader of the tests refuses those. Ends with 1 where anything is refused or has no schema.
import fs from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';

const packages = {
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
  'gateway.networking.k8s.io': '@kubernetes-models/gateway-api',
  'cilium.io': '@kubernetes-models/cilium',
};
const here = path.dirname(new URL(import.meta.url).pathname);
const found = {};
for (const file of process.argv.slice(2)) {
  found[file] = [];
  for (const document of parseAllDocuments(fs.readFileSync(file, 'utf8'))) {
    const object = document.toJSON();
    if (!object) continue;
    const [group, version] = object.apiVersion?.includes('/') ? object.apiVersion.split('/') : ['', object.apiVersion];
    try {
      const name = path.join(packages[group] ?? 'kubernetes-models', group, version ?? '', `${object.kind}.js`);
      const models = await import(path.join(here, 'node_modules', name));
      new models[object.kind](object).validate();
    } catch (e) {
      found[file].push(`${object.kind} ${object.metadata?.name}: ${e.message}`);
    }
  }
}
console.log(JSON.stringify(found));
process.exit(Object.values(found).some((problems) => problems.length > 0) ? 1 : 0);
