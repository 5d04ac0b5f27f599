using System.Text.Json;

namespace Gateway.Connectors.Mcp.Definitions;

/// <summary>
/// How long and for whom a client may keep an answer (MCP's revision 2026-07-28, "Caching"). What one agent may see is no other's, and a
/// permission that is taken away should be seen soon.
/// </summary>
internal static class CacheHints
{
    /// <value>Milliseconds that a client may keep a list.</value>
    private const int MaxTtl = 60_000;

    private static readonly byte[] Private = "\"private\""u8.ToArray();
    private static readonly byte[] NoTime = "0"u8.ToArray();
    private static readonly byte[] MostTime = "60000"u8.ToArray();
    private static readonly byte[] AddedScope = ",\"cacheScope\":\"private\""u8.ToArray();
    private static readonly byte[] AddedTime = ",\"ttlMs\":0"u8.ToArray();

    /// <summary>False where the result has another member whose name is alike: a client could go by that one.</summary>
    public static bool HaveOneReading(ReadOnlySpan<byte> message, int at) =>
        JsonParts.TryFind(message, at, "ttlMs"u8, "cacheScope"u8, out _, out _);

    /// <summary>
    /// Sets <c>cacheScope</c> to private and <c>ttlMs</c> to at most a minute; adds what is missing behind the last member, a
    /// <c>ttlMs</c> of 0, which is what a missing one means. Nothing else changes, nor does what is so already.
    /// </summary>
    /// <param name="at">Where the result's object begins. It has a member.</param>
    /// <param name="limitsTime">Whether <c>ttlMs</c> is looked at.</param>
    public static ReadOnlyMemory<byte> Tighten(ReadOnlyMemory<byte> message, int at, bool limitsTime)
    {
        var json = message.Span;
        var edits = new ByteEdits();
        var (hasScope, hasTtl, end) = (false, !limitsTime, 0);
        var members = new JsonParts(json, at);
        while (members.MoveNext())
        {
            var value = members.Current.ValueIn(json);
            if (members.Name.SequenceEqual("cacheScope"u8))
            {
                hasScope = true;
                Put(ref edits, members.Current, value, Private);
            }
            else if (limitsTime && members.Name.SequenceEqual("ttlMs"u8))
            {
                hasTtl = true;
                Put(ref edits, members.Current, value, AtMost(value));
            }

            end = members.Current.End;
        }

        if (!hasScope)
        {
            edits.Replace(end, end, AddedScope);
        }

        if (!hasTtl)
        {
            edits.Replace(end, end, AddedTime);
        }

        return edits.Apply(message);
    }

    private static void Put(ref ByteEdits edits, JsonPart part, ReadOnlySpan<byte> value, byte[]? put)
    {
        if (put is not null && !value.SequenceEqual(put))
        {
            edits.Replace(part.ValueStart, part.End, put);
        }
    }

    /// <summary>What comes in place of a time: nothing where it is short enough, and no time where it is none.</summary>
    private static byte[]? AtMost(ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value);
        reader.Read();
        return reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out var milliseconds) || !(milliseconds >= 0) ? NoTime
            : milliseconds > MaxTtl ? MostTime
            : null;
    }
}
