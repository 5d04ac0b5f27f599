using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Cli.Results;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Evidence;
using Table = Spectre.Console.Table;

namespace Gateway.Cli.Commands.Store;

/// <summary>What a store lacks, as it is shown.</summary>
internal static class LostView
{
    public static JsonObject Json(StoreComparison found) =>
        new()
        {
            ["tenant"] = found.Tenant.ToString(),
            ["put_back"] = found.IsPutBack,
            ["newest_seen"] = found.Seen?.Sequence,
            ["lost"] = new JsonArray([.. Ordered(found).Select(change => (JsonNode)Json(change))]),
        };

    /// <summary>A sentence.</summary>
    public static string Summary(StoreComparison found) =>
        found.Seen is { Sequence: > 0 } seen
            ? $"change {seen.Sequence} was there, and of what the journal knows {found.Lost.Count} changes are lost."
            : $"of what the journal knows {found.Lost.Count} changes are lost.";

    public static Table Table(StoreComparison found) =>
        Columns.Of(
            ["Number", "At", "Lost", "Subject"],
            Ordered(found)
                .Select(change => new[] { Number(change), InstantText.Of(change.At), Kind(change), VisibleText.Of(change.Subject) })
        );

    private static JsonObject Json(ChangeNote change) =>
        new()
        {
            ["number"] = change.Sequence == 0 ? null : change.Sequence,
            ["at"] = InstantText.Of(change.At),
            ["kind"] = Kind(change),
            ["subject"] = change.Subject,
        };

    private static IEnumerable<ChangeNote> Ordered(StoreComparison found) =>
        found.Lost.OrderBy(change => change.At).ThenBy(change => change.Sequence);

    /// <summary>Nothing for a use that only its decision is on record of.</summary>
    private static string Number(ChangeNote change) => change.Sequence == 0 ? "" : change.Sequence.ToString(CultureInfo.InvariantCulture);

    private static string Kind(ChangeNote change) => Vocabulary.Change.Text(change.Kind);
}
