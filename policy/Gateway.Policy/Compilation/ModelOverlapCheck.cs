using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>
/// Refuses two connectors of one tenant and type that serve the same model: which one gets the call must never be a matter of order.
/// Linear after sorting: what begins with a prefix stands right behind it.
/// </summary>
internal static class ModelOverlapCheck
{
    public static void Run(IEnumerable<Connector> connectors, ErrorList errors)
    {
        foreach (var group in connectors.GroupBy(c => (c.Tenant, c.Type)))
        {
            CheckGroup(
                group.SelectMany(c => c.Models.Select(m => new Offer(m.Match.TrimEnd('*'), m.Match.EndsWith('*'), m.Match, c))),
                errors
            );
        }
    }

    private static void CheckGroup(IEnumerable<Offer> offers, ErrorList errors)
    {
        var enclosing = new Stack<Offer>();
        Offer? previous = null;
        // A prefix before the exact name of the same text, so that it encloses it.
        foreach (var offer in offers.OrderBy(o => o.Text, StringComparer.Ordinal).ThenByDescending(o => o.IsPrefix))
        {
            while (enclosing.TryPeek(out var top) && !offer.Text.StartsWith(top.Text, StringComparison.Ordinal))
            {
                enclosing.Pop();
            }

            var rival =
                enclosing.FirstOrDefault(o => o.Connector.Id != offer.Connector.Id)
                ?? (
                    previous is { IsPrefix: false } twin && twin.Text == offer.Text && twin.Connector.Id != offer.Connector.Id ? twin : null
                );
            if (rival is not null)
            {
                errors.Add(
                    offer.Connector.Source,
                    "spec.models",
                    $"The models '{offer.Match}' here and '{rival.Match}' of the connector '{rival.Connector.Id}' can be the same model.",
                    "Narrow one of them."
                );
            }

            if (offer.IsPrefix)
            {
                enclosing.Push(offer);
            }

            previous = offer;
        }
    }

    /// <param name="Text">The match without its star.</param>
    private sealed record Offer(string Text, bool IsPrefix, string Match, Connector Connector);
}
