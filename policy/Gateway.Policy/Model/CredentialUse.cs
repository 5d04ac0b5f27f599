namespace Gateway.Policy.Model;

/// <summary>Which secret a connector's system wants, and where in the request it goes. Holds no secret.</summary>
/// <param name="Name">The header's or query parameter's name, or the scheme's (<c>Bearer</c>); empty for basic.</param>
public sealed record CredentialUse(CredentialReference Reference, CredentialPlacement Placement, string Name);
