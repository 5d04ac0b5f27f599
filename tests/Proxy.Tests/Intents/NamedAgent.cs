using Gateway.Policy.Model;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Tests.Intents;

/// <summary>An agent that is proven, of which nothing but its name counts.</summary>
internal static class NamedAgent
{
    public static VerifiedAgent Of(string agent, string tenant = "acme") =>
        new()
        {
            Tenant = Id<Tenant>.Parse(tenant),
            Workspace = Id<Workspace>.Parse("main"),
            Agent = Id<Agent>.Parse(agent),
            Strength = AuthStrength.Bearer,
            CredentialId = "k1",
        };
}
