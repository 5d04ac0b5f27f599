using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Artifacts;

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

    private string? CheckItems(JsonArray items) =>
        items
            .Select((item, i) => item is JsonObject inside ? Inside?.Check(inside, $"{Name}[{i}].") : $"'{Name}[{i}]' must be an object.")
            .FirstOrDefault(problem => problem is not null);

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
