using Gateway.Policy.Model;

namespace Gateway.Proxy.Identity.Signing;

/// <summary>Whom a client signs for; it must be what the key's record says.</summary>
public sealed record SigningIdentity(Id<Tenant> Tenant, Id<Workspace> Workspace, Id<Agent> Agent);
