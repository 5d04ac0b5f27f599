using System.Collections.Frozen;

namespace Gateway.Connectors.Models;

/// <summary>
/// Request headers by which a caller would bring its own credentials or configuration of a provider. Gateway's own kinds of
/// credential (<c>Authorization</c>, <c>x-api-key</c>, <c>api-key</c>) aren't among them, nor are the official clients' telemetry headers
/// (<c>x-stainless-*</c>).
/// </summary>
public static class ProviderCredentialHeaders
{
    private static readonly FrozenSet<string> Known = (
        "anthropic-workspace-id anthropic-user-profile-id anthropic-organization-id "
        + "x-openai-api-key x-anthropic-api-key x-provider-api-key x-provider-key x-provider x-base-url x-api-base "
        + "x-auth-token x-access-token x-target-url x-upstream-url ocp-apim-subscription-key private-token "
        + "proxy-authorization"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Clouds' signing headers, and what other gateways take their provider's configuration from.
    private static readonly string[] Prefixes =
    [
        "x-goog-",
        "x-amz-",
        "x-amzn-bedrock-",
        "x-portkey-",
        "helicone-",
        "x-litellm-",
        "cf-aig-",
        "cf-access-",
        "x-bf-",
        "x-ms-token-",
    ];

    /// <summary>By the small letter that they begin with: most names begin with another, and are compared with none.</summary>
    private static readonly string[][] PrefixesByLetter =
    [
        .. Enumerable.Range(0, 'z' + 1).Select(letter => Prefixes.Where(prefix => prefix[0] == letter).ToArray()),
    ];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Known.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsProviderCredentialHeader(ReadOnlySpan<char> name) => Lookup.Contains(name) || HasPrefix(name);

    private static bool HasPrefix(ReadOnlySpan<char> name)
    {
        var letter = name.IsEmpty ? 0 : name[0] | ' ';
        foreach (var prefix in letter < PrefixesByLetter.Length ? PrefixesByLetter[letter] : [])
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
