using System.Collections.Frozen;

namespace Gateway.Connectors.Models;

/// <summary>
/// Request headers by which a caller would bring its own credentials or configuration of a provider. Gateway's own kinds of
/// credential (<c>Authorization</c>, <c>x-api-key</c>, <c>api-key</c>) aren't among them, nor are the official clients' telemetry headers
/// (<c>x-stainless-*</c>).
/// </summary>
public static class ProviderCredentialHeaders
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "openai-organization", "openai-project", "anthropic-workspace-id", "anthropic-user-profile-id", "anthropic-organization-id",
        "x-openai-api-key", "x-anthropic-api-key", "x-provider-api-key", "x-provider-key", "x-provider", "x-base-url", "x-api-base",
        "x-auth-token", "x-access-token", "x-target-url", "x-upstream-url", "ocp-apim-subscription-key", "private-token", "proxy-authorization",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Clouds' signing headers, and what other gateways take their provider's configuration from.
    private static readonly string[] Prefixes =
    [
        "x-goog-", "x-amz-", "x-amzn-bedrock-", "x-portkey-", "helicone-", "x-litellm-", "cf-aig-", "cf-access-", "x-bf-", "x-ms-token-",
    ];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Known.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsProviderCredentialHeader(ReadOnlySpan<char> name)
    {
        if (Lookup.Contains(name))
        {
            return true;
        }

        foreach (var prefix in Prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
