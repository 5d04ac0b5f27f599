using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Comparison;

/// <summary>A rate, a budget or another limit of a document that both snapshots have, where it isn't the same; of an agent
/// that which holds for it, whether its own, its tenant's or built-in.</summary>
/// <param name="Limit">The document's field, such as <c>modelTokens</c>.</param>
/// <param name="Before">As people read it; <c>none</c> where there is none.</param>
/// <param name="Direction"><c>tightened</c>, <c>loosened</c>, or <c>altered</c> where it is both.</param>
public sealed record LimitChange(Id<Tenant> Tenant, string Kind, string Name, string Limit, string Before, string After, string Direction)
{
    /// <summary>By tenant, kind and name.</summary>
    public static IReadOnlyList<LimitChange> Between(Snapshot before, Snapshot after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var old = Limits(before).ToDictionary(limit => limit.Key);
        return
        [
            .. from now in Limits(after)
            let was = old.GetValueOrDefault(now.Key)
            where was is not null && !was.Ceilings.SequenceEqual(now.Ceilings)
            orderby now.Key.Tenant.ToString(), now.Key.Kind, now.Key.Name, now.Key.Limit
            select new LimitChange(
                now.Key.Tenant,
                now.Key.Kind,
                now.Key.Name,
                now.Key.Limit,
                was.Text,
                now.Text,
                DirectionOf(was.Ceilings, now.Ceilings)
            ),
        ];
    }

    private static string DirectionOf(double[] before, double[] after)
    {
        var pairs = before.Zip(after).ToList();
        return pairs.TrueForAll(pair => pair.Second <= pair.First) ? "tightened"
            : pairs.TrueForAll(pair => pair.Second >= pair.First) ? "loosened"
            : "altered";
    }

    private static IEnumerable<Ceiling> Limits(Snapshot snapshot)
    {
        foreach (var tenant in snapshot.Tenants.Select(id => snapshot.Find(id)!))
        {
            Ceiling Of(string kind, string name, string limit, string text, params double[] ceilings) =>
                new((tenant.Tenant.Id, kind, name, limit), text, ceilings);

            foreach (
                var (kind, name, rate, tokens, concurrency) in ((string, string, RateLimit?, TokenBudget?, int?)[])
                    [
                        ("Tenant", tenant.Tenant.Id.ToString(), tenant.Tenant.Rate, tenant.Tenant.ModelTokens, null),
                        .. tenant
                            .Agents.Values.Select(dossier => (dossier.Agent.Id, dossier.Limits))
                            .Select(agent =>
                                ("Agent", agent.Id.ToString(), agent.Limits.Rate, agent.Limits.ModelTokens, agent.Limits.Concurrency)
                            ),
                        .. tenant.Connectors.Values.Select(connector =>
                            ("Connector", connector.Id.ToString(), connector.Rate, (TokenBudget?)null, connector.Concurrency)
                        ),
                    ]
            )
            {
                yield return Of(kind, name, "rate", LimitText.Of(rate), EachSecond(rate), rate?.Burst ?? double.PositiveInfinity);
                yield return Of(
                    kind,
                    name,
                    "modelTokens",
                    LimitText.Of(tokens),
                    EachSecond(tokens),
                    tokens?.Tokens ?? double.PositiveInfinity
                );
                yield return Of(kind, name, "concurrency", LimitText.Of(concurrency), concurrency ?? double.PositiveInfinity);
            }
        }
    }

    private static double EachSecond(RateLimit? rate) => rate is null ? double.PositiveInfinity : rate.Requests / rate.Period.TotalSeconds;

    private static double EachSecond(TokenBudget? budget) =>
        budget is null ? double.PositiveInfinity : budget.Tokens / budget.Window.TotalSeconds;

    /// <param name="Ceilings">Of each there may be no more; infinite where there is no limit.</param>
    private sealed record Ceiling((Id<Tenant> Tenant, string Kind, string Name, string Limit) Key, string Text, double[] Ceilings);
}
