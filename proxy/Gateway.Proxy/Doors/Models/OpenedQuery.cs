using Gateway.Connectors.Models;

namespace Gateway.Proxy.Doors.Models;

/// <summary>A query whose ids are the provider's again.</summary>
internal static class OpenedQuery
{
    /// <summary>A list goes on behind an item that it gave. Null where a sealed id isn't this agent's.</summary>
    /// <param name="query">With its question mark; empty for none.</param>
    public static string? Of(string query, OwnedIds ids, IdOwner owner)
    {
        if (!query.Contains(OwnedIds.Mark, StringComparison.Ordinal))
        {
            return query;
        }

        var parameters = query[1..].Split('&');
        for (var i = 0; i < parameters.Length; i++)
        {
            var value = parameters[i].IndexOf('=', StringComparison.Ordinal) + 1;
            if (!OwnedIds.IsSealed(parameters[i].AsSpan(value)))
            {
                continue;
            }

            if (!ids.TryOpen(owner, parameters[i].AsSpan(value), out var plain))
            {
                return null;
            }

            parameters[i] = parameters[i][..value] + plain;
        }

        return "?" + string.Join('&', parameters);
    }
}
