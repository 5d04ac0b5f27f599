using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gateway.Samples.Provider.Answering;

/// <summary>The small change of every answer: quoted text, ids, time, words.</summary>
internal static class Wire
{
    private static long _last;

    /// <summary>A JSON string with its quotes. Text beyond ASCII stays as it is, as the real providers send it.</summary>
    public static string Quote(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    /// <summary>Unique while the process runs, and the same in every run.</summary>
    public static string NextId(string prefix) => prefix + Interlocked.Increment(ref _last).ToString("x16", CultureInfo.InvariantCulture);

    /// <value>Unix seconds.</value>
    public static long Created => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    public static int CountWords(ReadOnlySpan<char> text)
    {
        var words = 0;
        var inside = false;
        foreach (var c in text)
        {
            var space = char.IsWhiteSpace(c);
            words += !space && !inside ? 1 : 0;
            inside = !space;
        }

        return words;
    }

    /// <summary>The text of a message's content: a string, or the <c>text</c> of its parts.</summary>
    public static string TextOf(JsonElement content)
    {
        if (content.ValueKind == JsonValueKind.String)
        {
            return content.GetString()!;
        }

        return content.ValueKind == JsonValueKind.Array
            ? string.Join('\n', content.EnumerateArray().Select(PartText).Where(text => text.Length > 0))
            : "";
    }

    private static string PartText(JsonElement part) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : "";
}
