using System.Text.Json;

namespace Gateway.Connectors.Json;

/// <summary>
/// Checks that bytes are JSON with one reading only, in one pass and as a rule without allocating; see <see cref="StrictJsonReader"/>.
/// </summary>
public static class StrictJson
{
    /// <summary>Whether the bytes are one strict JSON object.</summary>
    public static bool IsObject(ReadOnlySpan<byte> json) => Check(json, objectOnly: true);

    /// <summary>Whether the bytes are one strict JSON value of any kind.</summary>
    public static bool IsValue(ReadOnlySpan<byte> json) => Check(json, objectOnly: false);

    private static bool Check(ReadOnlySpan<byte> json, bool objectOnly)
    {
        scoped StrictJsonReader reader = default;
        try
        {
            reader = new StrictJsonReader(json, stackalloc ulong[StrictJsonReader.ScratchLength]);
            return ReadAll(ref reader, objectOnly);
        }
        catch (JsonException)
        {
            return false;
        }
        finally
        {
            reader.Dispose();
        }
    }

    private static bool ReadAll(ref StrictJsonReader reader, bool objectOnly)
    {
        if (!reader.Read() || (objectOnly && reader.TokenType != JsonTokenType.StartObject))
        {
            return false;
        }

        while (reader.Read()) { }

        return true;
    }
}
