namespace Gateway.Policy.Model;

/// <summary>Which secret a connector's system wants, and where in the request it goes. Holds no secret.</summary>
/// <param name="Name">The header's or query parameter's name, or the scheme's (<c>Bearer</c>); empty for basic.</param>
public sealed record CredentialUse(CredentialReference Reference, CredentialPlacement Placement, string Name);

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

/// <summary>
/// The name of a secret, <c>vault://{provider}/{path}#{field}</c>. It can stand in documents and records; the secret never does.
/// </summary>
/// <param name="Provider">A vault's name, such as <c>local</c>, <c>environment</c> or <c>files</c>.</param>
/// <param name="Path">One or more segments of <c>A-Z a-z 0-9 . _ -</c>, never <c>.</c> or <c>..</c>.</param>
/// <param name="Field">Which of the secret's fields; empty for the whole secret.</param>
public sealed record CredentialReference(string Provider, string Path, string Field)
{
    private const string Scheme = "vault://";

    /// <summary>The longest reference, in characters.</summary>
    public const int MaxLength = 512;

    public static bool TryParse(string? text, out CredentialReference? reference)
    {
        reference = null;
        if (text is null || text.Length > MaxLength || !text.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = text[Scheme.Length..];
        var hash = rest.IndexOf('#', StringComparison.Ordinal);
        var field = hash < 0 ? "" : rest[(hash + 1)..];
        var location = hash < 0 ? rest : rest[..hash];
        var slash = location.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || (hash >= 0 && !IsSegment(field)) || !IsSegment(location[..slash]))
        {
            return false;
        }

        var path = location[(slash + 1)..];
        foreach (var segment in path.Split('/'))
        {
            if (!IsSegment(segment))
            {
                return false;
            }
        }

        reference = new CredentialReference(location[..slash], path, field);
        return true;
    }

    public override string ToString() => Field.Length == 0 ? $"{Scheme}{Provider}/{Path}" : $"{Scheme}{Provider}/{Path}#{Field}";

    private static bool IsSegment(string text)
    {
        if (text.Length == 0 || text is "." or "..")
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-'))
            {
                return false;
            }
        }

        return true;
    }
}
