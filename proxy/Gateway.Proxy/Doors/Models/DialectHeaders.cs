using Gateway.Connectors.Models;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Doors.Models;

/// <summary>The headers of the official clients that don't simply go on.</summary>
/// <param name="Replaced">Those that go on with another value, or with an empty one not at all.</param>
/// <param name="Dropped">What doesn't go on, for the caller to be told: members of the body first.</param>
internal readonly record struct DialectHeaders(IReadOnlyList<KeyValuePair<string, string>> Replaced, IReadOnlyList<string> Dropped)
{
    /// <summary>They name an account inside the provider's; the account is the connector's.</summary>
    private static readonly string[] Accounts = ["openai-organization", "openai-project"];

    /// <param name="unknown">Members of the body that don't go out.</param>
    public static DialectHeaders Of(IHeaderDictionary headers, Connector connector, IReadOnlyList<string> unknown)
    {
        List<string>? dropped = null;
        foreach (var account in Accounts)
        {
            if (headers.ContainsKey(account))
            {
                (dropped ??= [.. unknown]).Add(account);
            }
        }

        if (!headers.TryGetValue(AnthropicBetas.Header, out var betas) || betas.Count == 0)
        {
            return new([], dropped ?? unknown);
        }

        dropped ??= [.. unknown];
        var passed = AnthropicBetas.Passed(betas.ToString(), connector.HostedTools, dropped);
        return new([KeyValuePair.Create(AnthropicBetas.Header, passed)], dropped);
    }
}
