// Which real clients are run: a script each, and the package where a script serves several versions.

export const clients = {
  bytes: { script: 'bytes' },
  openai: { script: 'openai' },
  'openai-6': { script: 'openai', package: 'openai-6' },
  anthropic: { script: 'anthropic' },
  'anthropic-0': { script: 'anthropic', package: 'anthropic-0' },
  'claude-code': { script: 'claude-code' },
  codex: { script: 'codex' },
  ai: { script: 'ai' },
  langchain: { script: 'langchain' },
  agents: { script: 'agents' },
};
