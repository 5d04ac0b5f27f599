namespace Gateway.Policy.Model;

/// <summary>Where a credential goes in the outgoing request.</summary>
public enum CredentialPlacement
{
    Unspecified = 0,

    /// <summary>The value of a header of its own, such as <c>x-api-key</c>.</summary>
    Header = 1,

    /// <summary><c>Authorization: {scheme} {secret}</c>.</summary>
    Scheme = 2,

    /// <summary>A query parameter, percent-encoded.</summary>
    Query = 3,

    /// <summary><c>Authorization: Basic</c>; the secret is <c>user:password</c>.</summary>
    Basic = 4,
}
