// Which real clients are run: a script each, and the package where a script serves several versions. Those of NuGet are in one program.

import { join } from 'node:path';

const artifacts = process.env.GATEWAY_ARTIFACTS ?? join(import.meta.dirname, '..', '..', 'artifacts');

/** The program with NuGet's clients; CLIENTS_NUGET names another than `make clients` makes. */
export const nuget = process.env.CLIENTS_NUGET ?? join(artifacts, 'nuget-clients', 'nuget-clients');

export const clients = {
  bytes: { script: 'bytes' },
  openai: { script: 'openai' },
  'openai-6': { script: 'openai', package: 'openai-6' },
  anthropic: { script: 'anthropic' },
  'anthropic-0': { script: 'anthropic', package: 'anthropic-0' },
  'claude-code': { script: 'claude-code' },
  codex: { script: 'codex' },
  openclaw: { script: 'openclaw' },
  ai: { script: 'ai' },
  langchain: { script: 'langchain' },
  agents: { script: 'agents' },
  'nuget-openai': { nuget: 'openai' },
  'nuget-anthropic': { nuget: 'anthropic' },
};
