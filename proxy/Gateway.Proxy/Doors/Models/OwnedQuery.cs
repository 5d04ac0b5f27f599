using System.Globalization;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Models;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Doors.Models;

/// <summary>Which page of its own an agent asks for, in the words of the provider's list.</summary>
internal static class OwnedQuery
{
    private const int MostFiles = 10_000;
    private const int MostOfOpenAi = 100;
    private const int MostOfAnthropic = 1000;
    private const int Usual = 20;

    /// <param name="query">Opened, with its question mark; empty for none.</param>
    public static Result<OwnedPage> Read(KeptObjectOperation operation, string query, Id<Agent> agent, Id<Connector> connector)
    {
        var values = Values(query);
        var most =
            operation.Kind == OwnedKind.File ? MostFiles
            : operation.Type == ConnectorType.OpenAi ? MostOfOpenAi
            : MostOfAnthropic;
        var limit = operation.Kind == OwnedKind.File ? MostFiles : Usual;
        if (
            values.TryGetValue("limit", out var asked)
            && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 || limit > most)
        )
        {
            return new Refusal(ReasonCode.MalformedRequest, $"limit: must be a whole number from 1 to {most}.");
        }

        var after = values.GetValueOrDefault("after") ?? values.GetValueOrDefault("after_id");
        var before = values.GetValueOrDefault("before_id");
        var order = values.GetValueOrDefault("order") ?? "desc";
        if (order is not ("asc" or "desc"))
        {
            return new Refusal(ReasonCode.MalformedRequest, "order: must be asc or desc.");
        }

        return after is not null && before is not null
            ? new Refusal(ReasonCode.AmbiguousRequest, "after_id and before_id: send one of them.")
            : new OwnedPage(agent, connector, operation.Kind, after, before, order == "asc", values.GetValueOrDefault("purpose"), limit);
    }

    private static Dictionary<string, string> Values(string query)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in query.Length == 0 ? [] : query[1..].Split('&'))
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                values[parameter[..equals]] = parameter[(equals + 1)..];
            }
        }

        return values;
    }
}
