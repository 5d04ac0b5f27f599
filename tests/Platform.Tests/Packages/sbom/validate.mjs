// Reads an SBOM from standard input and holds it against the strict schema of CycloneDX 1.6; says what is wrong and ends with 1.
import { text } from 'node:stream/consumers';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';

const problem = await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(await text(process.stdin));
if (problem !== null) {
  console.error(JSON.stringify(problem, null, 1));
  process.exit(1);
}
