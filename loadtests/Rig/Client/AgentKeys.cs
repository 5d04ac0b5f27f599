namespace Gateway.LoadTests.Client;

/// <summary>What the client proves itself with: one agent of the load's governance.</summary>
/// <param name="KeyId">Of the signing key, as it was issued.</param>
/// <param name="SigningKey">The key derived from the runtime secret; 32 bytes.</param>
/// <param name="Bearer">The whole bearer key.</param>
public sealed record AgentKeys(string Tenant, string Workspace, string Agent, string KeyId, byte[] SigningKey, string Bearer);
