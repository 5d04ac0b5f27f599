using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Packs.Runs;

/// <summary>A run's records as they are compared: by id, without what is no part of the comparison.</summary>
/// <param name="without">The members that are left out.</param>
internal sealed class ComparedRecords(IReadOnlyList<JsonObject> records, string[] without)
{
    /// <summary>The place counts too: the same calls in another order are another run.</summary>
    private readonly Dictionary<string, (int Place, string Digest)> _byId = records
        .Select((record, i) => (Id: record.Text("intent_id"), Place: i, Digest: Digest(record, without)))
        .ToDictionary(record => record.Id, record => (record.Place, record.Digest), StringComparer.Ordinal);

    /// <summary>Ids of the records that both have, and that differ.</summary>
    public string[] Changed(ComparedRecords other) =>
        [
            .. _byId
                .Where(one => other._byId.TryGetValue(one.Key, out var its) && its != one.Value)
                .Select(one => one.Key)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Ids of the records that the other lacks.</summary>
    public string[] Only(ComparedRecords other) => [.. _byId.Keys.Where(id => !other._byId.ContainsKey(id)).Order(StringComparer.Ordinal)];

    public static string Digest(JsonObject record, string[] without)
    {
        var rest = (JsonObject)record.DeepClone();
        foreach (var name in without)
        {
            rest.Remove(name);
        }

        return ArtifactJson.Digest(rest).ToString();
    }
}
