using System.Text.Json.Nodes;

namespace Gateway.Gait.Artifacts;

/// <summary>The fields of one kind of artifact, as its published schema has them.</summary>
internal sealed class ArtifactShape(params ArtifactField[] fields)
{
    public const string Version = "1.0.0";

    private readonly Dictionary<string, ArtifactField> _fields = fields.ToDictionary(field => field.Name, StringComparer.Ordinal);

    /// <summary>A record with the four fields that all have, and more.</summary>
    public static ArtifactShape Record(string schemaId, params ArtifactField[] fields) =>
        new([
            new("schema_id", FieldKind.Text, true, null, schemaId),
            new("schema_version", FieldKind.Text, true, null, Version),
            new("created_at", FieldKind.Time, true),
            new("producer_version", FieldKind.Text, true),
            .. fields,
        ]);

    /// <summary>What is wrong first; null for nothing. Fields that the schema lacks are let be: it may grow.</summary>
    public string? Check(JsonObject value, string path = "")
    {
        foreach (var field in _fields.Values)
        {
            var problem =
                value.TryGetPropertyValue(field.Name, out var found) ? field.Check(found)
                : field.Required ? $"'{field.Name}' is missing."
                : null;
            if (problem is not null)
            {
                return path.Length == 0 ? problem : $"In {path.TrimEnd('.')}: {problem}";
            }
        }

        return null;
    }

    /// <summary>The same, and a field that the schema lacks is wrong too: what would be left out in silence is refused.</summary>
    public string? CheckClosed(JsonObject value) =>
        value.Select(member => member.Key).FirstOrDefault(name => !_fields.ContainsKey(name)) is { } unknown
            ? $"'{unknown}' is not a field that it has."
            : Check(value);
}
