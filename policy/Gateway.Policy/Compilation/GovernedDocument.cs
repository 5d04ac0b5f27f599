using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>One document that a snapshot was made from.</summary>
/// <param name="Digest">Of its canonical form: what doesn't change its meaning doesn't change it.</param>
public sealed record GovernedDocument(Id<Tenant> Tenant, string Kind, string Name, Sha256Digest Digest);
