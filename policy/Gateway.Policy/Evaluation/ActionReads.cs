using System.Text;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>
/// What judging an action may read of its arguments and its query, and those values, so that a record can hold just that.
/// </summary>
public static class ActionReads
{
    /// <summary>
    /// By the documents: more may be in it than one decision came to read. Of the action and of the tools that a provider would run for it.
    /// </summary>
    public static ActionParts Find(Snapshot snapshot, Intent intent)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(intent);
        if (snapshot.Find(intent.Tenant) is not { } tenant)
        {
            return ActionParts.None;
        }

        var parts = Find(tenant, intent);
        for (var i = 0; i < intent.HostedTools.Count; i++)
        {
            parts = parts.And(Find(tenant, intent with { Operation = intent.HostedTools[i] }));
        }

        return parts;
    }

    /// <summary>The values themselves. To be called while the request's body is there.</summary>
    public static RecordedArguments Keep(Intent intent, ActionParts parts)
    {
        ArgumentNullException.ThrowIfNull(intent);
        ArgumentNullException.ThrowIfNull(parts);
        var query = parts.Query ? QueryOf(intent.Target.PathAndQuery) : null;
        if (intent.Arguments.IsEmpty)
        {
            return query is null ? RecordedArguments.Nothing : new RecordedArguments { Query = query };
        }

        if (parts.Arguments.Count == 0)
        {
            return new RecordedArguments { HasArguments = true, Query = query };
        }

        return ArgumentProjection.Project(intent.Arguments.Span, parts.Arguments) is { Length: <= RecordedArguments.MaxLength } kept
            ? new RecordedArguments
            {
                HasArguments = true,
                Paths = parts.Arguments,
                Arguments = kept,
                Query = query,
            }
            : new RecordedArguments
            {
                HasArguments = true,
                TooLong = true,
                Query = query,
            };
    }

    /// <summary>Where a limit's amount and currency stand.</summary>
    internal static IEnumerable<ArgumentPath> PathsOf(TransactionLimit limit)
    {
        yield return PathOf(limit.Amount);
        if (limit is { CurrencyAt: { } currency, Currency: not null })
        {
            yield return PathOf(currency);
        }
    }

    private static ArgumentPath PathOf(ArgumentPointer pointer) => new([.. pointer.Steps.Select(Encoding.UTF8.GetString)]);

    private static ActionParts Find(TenantSnapshot tenant, Intent intent)
    {
        var parts = tenant.Policies.Of(intent).Parts;
        var connector = tenant.Connectors.GetValueOrDefault(intent.Connector);
        for (var i = 0; i < connector?.Operations.Count; i++)
        {
            if (connector.Operations[i] is { Transaction: { } limit } operation && operation.Id == intent.Operation)
            {
                parts = parts.And(new ActionParts([.. PathsOf(limit)], false));
            }
        }

        var dossier = tenant.Agents.GetValueOrDefault(intent.Agent);
        return dossier?.Permissions.GetValueOrDefault((intent.Connector, intent.Operation))?.Transaction is { } own
            ? parts.And(new ActionParts([.. PathsOf(own)], false))
            : parts;
    }

    private static string? QueryOf(string pathAndQuery)
    {
        var mark = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? null : pathAndQuery[(mark + 1)..];
    }
}
