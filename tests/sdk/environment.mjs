// What the suites are pointed at. A missing value stops them at once: a test against nothing must not look passed.

function required(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set. Set GATEWAY_URL, GATEWAY_KEY and GATEWAY_BLOCKED_KEY; see README.md beside this file.`);
  }
  return value;
}

/** The one base URL, without a path. */
export const url = required('GATEWAY_URL').replace(/\/+$/, '');

/** A bearer key of an agent that may call models. */
export const key = required('GATEWAY_KEY');

/** A bearer key of an agent whose model calls are refused. Empty where there is no gateway: then the refusals are skipped, and say so. */
export const blockedKey = process.env.GATEWAY_BLOCKED_KEY ?? '';

/** For a run against a provider directly, whose Anthropic dialect has a path and key of its own. */
export const anthropicUrl = (process.env.GATEWAY_ANTHROPIC_URL ?? url).replace(/\/+$/, '');
export const anthropicKey = process.env.GATEWAY_ANTHROPIC_KEY ?? key;

export const chatModel = process.env.GATEWAY_OPENAI_MODEL ?? 'gpt-4o-mini';
export const embeddingModel = process.env.GATEWAY_EMBEDDING_MODEL ?? 'text-embedding-3-small';
export const claudeModel = process.env.GATEWAY_ANTHROPIC_MODEL ?? 'claude-sonnet-4-5';

/** Reasons for which the agent behind GATEWAY_BLOCKED_KEY may be refused. */
export const refusal = new RegExp(process.env.GATEWAY_BLOCKED_REASON ?? 'tool_not_permitted|atf_boundary|agent_not_active|approval_required');

export const needsGateway = blockedKey ? false : 'GATEWAY_BLOCKED_KEY is not set: no gateway, nothing refuses';
