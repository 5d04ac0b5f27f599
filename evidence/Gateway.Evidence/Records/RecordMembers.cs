using System.Collections.Frozen;
using System.Text.Json;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Records;

/// <summary>
/// Reads members of a record's body. What is there and isn't as a record has it throws <see cref="FormatException"/>, by its name.
/// </summary>
public static class RecordMembers
{
    public static JsonElement? Find(this JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value : null;

    public static JsonElement Get(this JsonElement json, string name) =>
        json.Find(name) ?? throw new FormatException($"It has no '{name}'.");

    public static JsonElement.ArrayEnumerator Items(this JsonElement json, string name) =>
        json.Get(name) is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray()
            : throw new FormatException($"'{name}' is no list.");

    /// <summary>Null where it isn't there.</summary>
    public static string? FindText(this JsonElement json, string name) => json.Find(name) is { } value ? TextOf(value, name) : null;

    public static string Text(this JsonElement json, string name) => TextOf(json.Get(name), name);

    public static string TextOf(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new FormatException($"'{name}' is no text.");

    public static Id<T> Name<T>(this JsonElement json, string name) => NameOf<T>(json.Get(name), name);

    public static Id<T> NameOf<T>(JsonElement value, string name) =>
        Id<T>.TryParse(TextOf(value, name), out var id) ? id : throw new FormatException($"'{name}' is no name.");

    public static T Word<T>(this JsonElement json, string name, FrozenDictionary<string, T> words) => WordOf(json.Get(name), name, words);

    public static T WordOf<T>(JsonElement value, string name, FrozenDictionary<string, T> words) =>
        words.TryGetValue(TextOf(value, name), out var word) ? word : throw new FormatException($"'{name}' has a value that isn't known.");

    public static Sha256Digest Digest(this JsonElement json, string name) =>
        Sha256Digest.TryParse(json.Text(name), out var digest) ? digest : throw new FormatException($"'{name}' is no digest.");

    public static bool Flag(this JsonElement json, string name) => json.Find(name) is { ValueKind: JsonValueKind.True };
}
