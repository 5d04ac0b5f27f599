using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Intents;

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

/// <summary>One field of an artifact.</summary>
/// <param name="Inside">What an object, or every object of a list, must look like; null for anything.</param>
/// <param name="Words">The texts that it may hold; empty for any.</param>
internal sealed record ArtifactField(string Name, FieldKind Kind, bool Required, ArtifactShape? Inside = null, params string[] Words)
{
    /// <summary>Null where the value is right; otherwise a sentence.</summary>
    public string? Check(JsonNode? value) =>
        Kind switch
        {
            FieldKind.Text => IsText(value, out var text) && (Words.Length == 0 || Words.Contains(text))
                ? null
                : Wants(Words.Length == 0 ? "text" : "one of " + string.Join(", ", Words)),
            FieldKind.Word => IsText(value, out var text) && text.Length > 0 ? null : Wants("text that isn't empty"),
            FieldKind.Time => IsText(value, out var text) && GoTime.TryParse(text, out _) ? null : Wants("a time by RFC 3339"),
            FieldKind.Digest => IsText(value, out var text) && Sha256Digest.TryParse(text, out _) ? null : Wants("64 hexadecimal digits"),
            FieldKind.RunId => IsText(value, out var text) && RunIds.IsRunId(text) ? null : Wants("'run_' and letters, digits, '_' or '-'"),
            FieldKind.Count => IsCount(value) ? null : Wants("a whole number, not negative"),
            FieldKind.Number => value?.GetValueKind() == JsonValueKind.Number ? null : Wants("a number"),
            FieldKind.Flag => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? null : Wants("true or false"),
            FieldKind.Object => value is JsonObject inner ? Inside?.Check(inner, Name + ".") : Wants("an object"),
            FieldKind.Objects => value is JsonArray items ? CheckItems(items) : Wants("a list"),
            FieldKind.Texts => value is JsonArray texts && texts.All(item => IsText(item, out _)) ? null : Wants("a list of texts"),
            FieldKind.None => Wants("nothing"),
        };

    private string? CheckItems(JsonArray items)
    {
        for (var i = 0; i < items.Count; i++)
        {
            var problem = items[i] is JsonObject item ? Inside?.Check(item, $"{Name}[{i}].") : $"'{Name}[{i}]' must be an object.";
            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    private string Wants(string what) => $"'{Name}' must be {what}.";

    private static bool IsCount(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.Number
        && long.TryParse(value.ToJsonString(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && count <= CanonicalJson.MaxInteger;

    private static bool IsText(JsonNode? value, out string text)
    {
        text = value is JsonValue node && node.TryGetValue<string>(out var read) ? read : "";
        return value?.GetValueKind() == JsonValueKind.String;
    }
}

/// <summary>What a field of an artifact must hold.</summary>
internal enum FieldKind
{
    /// <summary>Nothing does.</summary>
    None = 0,
    Text,

    /// <summary>Text that isn't empty.</summary>
    Word,
    Time,

    /// <summary>SHA-256 in hexadecimal.</summary>
    Digest,

    /// <summary><c>run_</c> and letters, digits, <c>_</c> and <c>-</c>.</summary>
    RunId,

    /// <summary>A whole number, not negative.</summary>
    Count,
    Number,
    Flag,
    Object,
    Objects,
    Texts,
}
