using System.Text.Json.Nodes;
using Gateway.Authoring.Comparison;
using Gateway.Cli.Explaining;
using Gateway.Policy.Compilation;

namespace Gateway.Cli.Commands.Policies;

/// <summary>How two governances differ, for programs and for people.</summary>
internal static class SnapshotDiffView
{
    public static JsonObject Of(Snapshot before, Snapshot after, SnapshotDiff diff, IReadOnlyList<AccessRow> rows) =>
        new()
        {
            ["before"] = before.Revision.ToString(),
            ["after"] = after.Revision.ToString(),
            ["probed"] = diff.Probed,
            ["documents"] = new JsonArray([.. diff.Documents.Select(Describe)]),
            ["limits"] = new JsonArray([.. diff.Limits.Select(Describe)]),
            ["access"] = new JsonArray([.. rows.Select(row => (JsonNode)row.ToJson())]),
        };

    public static IReadOnlyList<string> Lines(SnapshotDiff diff, IReadOnlyList<AccessRow> rows) =>
        [
            .. diff.Documents.Select(document => $"{document.Change}: {document.Kind} {document.Tenant}/{document.Name}"),
            .. diff.Limits.Select(limit =>
                $"{limit.Direction}: {limit.Limit} of {limit.Kind} {limit.Tenant}/{limit.Name}: {limit.Before} -> {limit.After}"
            ),
            rows.Count == 0
                ? $"No agent can do more or less than before, or on other terms ({diff.Probed} questions)."
                : $"{rows.Count(r => r.Direction == "tightened")} tightened, {rows.Count(r => r.Direction == "loosened")} "
                    + $"loosened, {rows.Count(r => r.Direction == "altered")} altered ({diff.Probed} questions).",
        ];

    private static JsonNode Describe(LimitChange limit) =>
        new JsonObject
        {
            ["direction"] = limit.Direction,
            ["tenant"] = limit.Tenant.ToString(),
            ["kind"] = limit.Kind,
            ["name"] = limit.Name,
            ["limit"] = limit.Limit,
            ["before"] = limit.Before,
            ["after"] = limit.After,
        };

    private static JsonNode Describe(DocumentChange change) =>
        new JsonObject
        {
            ["change"] = change.Change,
            ["tenant"] = change.Tenant.ToString(),
            ["kind"] = change.Kind,
            ["name"] = change.Name,
        };
}
