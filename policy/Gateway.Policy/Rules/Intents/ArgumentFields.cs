using System.Buffers;
using System.Text.Json;
using Gateway.Policy.Canonical;

namespace Gateway.Policy.Rules.Intents;

/// <summary>Reads a free JSON object: its names and texts are trimmed at every depth, and nothing in it may be a raw credential.</summary>
internal static class ArgumentFields
{
    private static readonly byte[] Empty = "{}"u8.ToArray();

    /// <summary>In canonical form; <c>{}</c> when it isn't there.</summary>
    public static ReadOnlyMemory<byte> Read(JsonFields fields, string name)
    {
        if (fields.Object(name) is not { } value)
        {
            return Empty;
        }

        RawCredentialGuard.Check(value, fields.Child(name), fields.Errors);
        return Normalise(value, fields.Child(name), fields.Errors);
    }

    public static ReadOnlyMemory<byte> Normalise(JsonElement value, string path, IntentErrors errors)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            TrimmedJson.Write(writer, value, path, errors);
        }

        var canonical = new ArrayBufferWriter<byte>();
        if (CanonicalJson.TryCanonicalise(json.WrittenSpan, canonical, out var error))
        {
            return canonical.WrittenMemory;
        }

        // Two names that differ in white space only become one.
        errors.Add(path, error);
        return Empty;
    }
}
