using System.Buffers;
using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Intents;

/// <summary>
/// Whether a name or a text looks like that of a secret. Deliberately coarse: an intent is written to logs and traces, so one that might
/// carry a secret is refused, and the caller sends a reference instead.
/// </summary>
public static class CredentialHeuristic
{
    private const int ShortestSecret = 16;

    private static readonly string[] Suggestive =
    [
        "token",
        "secret",
        "apikey",
        "api_key",
        "api-key",
        "accesskey",
        "access_key",
        "access-key",
        "password",
        "credential",
    ];

    /// <summary>What is about a secret and isn't one.</summary>
    private static readonly string[] HarmlessSuffixes =
    [
        "_ref",
        "_refs",
        "_digest",
        "_digests",
        "_hash",
        "_issuer",
        "_source",
        "_type",
        "_ttl",
        "_ttl_seconds",
        "_id",
        "_ids",
        "_name",
        "_names",
        "_scope",
        "_scopes",
    ];

    private static readonly string[] References = ["env:", "stub:", "cmd:", "ref:", "sha256:"];
    private static readonly string[] KnownPrefixes = ["ghp_", "gho_", "github_pat_", "sk-", "AKIA", "ASIA"];
    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>Whether a field of this name holds a secret, by its name.</summary>
    public static bool SuggestsCredential(string name)
    {
        var lower = name.Trim().ToLowerInvariant();
        return !HarmlessSuffixes.Any(suffix => lower.EndsWith(suffix, StringComparison.Ordinal))
            && Suggestive.Any(word => lower.Contains(word, StringComparison.Ordinal));
    }

    /// <summary>
    /// Whether the text is a secret, by its looks: a known prefix, or at least 16 characters without white space, with a letter and a
    /// digit.
    /// </summary>
    public static bool LooksLikeCredential(string text)
    {
        var trimmed = text.Trim();
        if (
            References.Any(prefix => trimmed.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            || Sha256Digest.TryParse(trimmed, out _)
        )
        {
            return false;
        }

        return KnownPrefixes.Any(prefix => trimmed.StartsWith(prefix, StringComparison.Ordinal))
            || (
                System.Text.Encoding.UTF8.GetByteCount(trimmed) >= ShortestSecret
                && trimmed.AsSpan().IndexOfAny(" \t\r\n") < 0
                && trimmed.AsSpan().IndexOfAny(Letters) >= 0
                && trimmed.AsSpan().IndexOfAnyInRange('0', '9') >= 0
            );
    }
}
