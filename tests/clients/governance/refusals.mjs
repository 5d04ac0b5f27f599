// Twelve ways to be refused, each in both dialects: who asks, for which model, and what the client's user must be able to read.

const dialects = ['openai', 'anthropic'];
const prefix = { openai: 'gpt', anthropic: 'claude' };

const calls = [
  ['openai', 'chat'],
  ['openai', 'responses'],
  ['anthropic', 'messages'],
];

const agent = {
  workspace: 'main',
  owners: { human: 'Ada Sample', security: 'Ben Sample' },
  status: 'active',
  level: 'L3',
  risk: 'low',
  purpose: 'Is refused.',
};

/** What may differ from an agent that has all it needs. */
const agents = {
  able: {},
  suspended: { status: 'suspended' },
  ungranted: {},
  'over-rate': { rate: { requests: 1, period: '1d' } },
  'over-budget': { modelTokens: { tokens: 10, window: '1d' } },
  ownerless: { owners: { security: 'Ben Sample' } },
};

/** What may differ from a connector that serves. Its models are `gpt-<name>` and `claude-<name>`. */
const connectors = (closed) => ({
  plain: {},
  ruled: {},
  gated: {},
  small: { requestBytes: '1KiB' },
  down: { baseAddress: `${closed}/v1` },
});

export const agentNames = Object.keys(agents);

/** `says` are parts of the text that stand for why and for what to do; `action` whether it can name what was asked for. */
export const refusals = [
  {
    name: 'a key that is none',
    code: 'unauthenticated',
    key: 'gw-none',
    action: false,
    says: ['could not be authenticated', 'Check the key'],
  },
  { name: 'a suspended agent', code: 'agent_not_active', agent: 'suspended', says: ['is not active', 'Activate the agent'] },
  {
    name: 'an agent without an owner',
    code: 'human_owner_missing',
    agent: 'ownerless',
    says: ['has no human owner', "Name a person in the agent's owners.human"],
  },
  {
    name: 'a model that is not offered',
    code: 'unknown_model',
    model: 'none',
    action: false,
    says: ['-none', 'List the models that this agent may use'],
  },
  {
    name: 'an agent without a permission',
    code: 'tool_not_permitted',
    agent: 'ungranted',
    says: ['has no permission', 'Grant it with a ToolPermission document'],
  },
  { name: 'a rule', code: 'policy_rule', model: 'ruled', says: ['Ruled models are for the search team: ask in #search.'] },
  { name: 'a gate', code: 'approval_required', model: 'gated', says: ['Safety says yes or no.'] },
  { name: 'a rate', code: 'rate_limited', agent: 'over-rate', times: 2, says: ['Too many requests', /Retry in \d+ s\./] },
  {
    name: 'a budget',
    code: 'budget_exhausted',
    agent: 'over-budget',
    says: [/It sets \d+ tokens aside/, 'budget is 10 in 86400 s', 'Ask for fewer tokens'],
  },
  {
    name: 'a body that is too large',
    code: 'request_too_large',
    model: 'small',
    prompt: 'hello '.repeat(500),
    action: false,
    says: ['over 1024 bytes', 'Send less'],
  },
  {
    name: 'a provider that is down',
    code: 'upstream_failed',
    model: 'down',
    says: ['The system behind Gateway failed', 'Try again later'],
  },
  {
    name: 'an address with too much',
    code: 'unknown_door',
    base: 'lost',
    action: false,
    says: ["The client's base URL has", 'Did you mean /v1/'],
  },
];

/** Where a client shows its own words in the place of what it was told, and what of ours is left in them. */
export const ownWords = {
  'claude-code': {
    'a model that is not offered': 'issue with the selected model (claude-none)',
    'an address with too much': 'issue with the selected model (claude-plain)',
    'a body that is too large': 'Request too large',
  },
  codex: {
    'a rate': /429 Too Many Requests, request id: (ref_[\w-]+)/,
    'a budget': /429 Too Many Requests, request id: (ref_[\w-]+)/,
  },
};

/** The documents, as JSON, which YAML is a superset of. */
export function governance(standIn, closed) {
  const documents = [
    document('Tenant', 'demo', { entitlements: ['wide_egress'] }),
    document('Workspace', 'main', { environment: 'development' }),
  ];
  for (const [name, more] of Object.entries(agents)) {
    documents.push(document('Agent', name, { ...agent, ...more }));
  }

  for (const dialect of dialects) {
    for (const [name, more] of Object.entries(connectors(closed))) {
      documents.push(connector(dialect, name, { baseAddress: addressOf(dialect, standIn), ...more }));
    }
  }

  documents.push(
    document('Policy', 'words', {
      rules: [
        {
          name: 'searchers-only',
          effect: 'block',
          match: { tool_names: operationsOf('ruled') },
          message: 'Ruled models are for the search team: ask in #search.',
        },
        { name: 'ask-first', effect: 'require_approval', match: { tool_names: operationsOf('gated') } },
      ],
    }),
    document('ApprovalGate', 'asking', {
      active: true,
      connectors: dialects.map((dialect) => `${dialect}-gated`),
      approverGroups: ['safety'],
      message: 'Safety says yes or no.',
    }),
  );
  return documents.map((one) => JSON.stringify(one)).join('\n---\n');
}

export const modelOf = (dialect, name = 'plain') => `${prefix[dialect]}-${name}`;

function operationsOf(name) {
  return calls.map(([dialect, operation]) => `${dialect}-${name}/${operation}`);
}

function addressOf(dialect, standIn) {
  return dialect === 'openai' ? `${standIn}/v1` : `${standIn}/anthropic/v1`;
}

function connector(dialect, name, more) {
  return document('Connector', `${dialect}-${name}`, {
    type: dialect,
    scope: 'external',
    environment: 'development',
    risk: 'low',
    dataClasses: ['internal'],
    credential: { reference: `vault://local/${dialect}#key` },
    models: [{ match: modelOf(dialect, name), maxTokens: 4096 }],
    agents: agentNames.filter((agent) => agent !== 'ungranted'),
    ...more,
  });
}

function document(kind, name, spec) {
  return { apiVersion: 'gateway/v1', kind, metadata: kind === 'Tenant' ? { name } : { tenant: 'demo', name }, spec };
}
