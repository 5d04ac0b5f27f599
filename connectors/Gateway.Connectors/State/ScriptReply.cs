using System.Buffers.Text;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>The script's answer to one request. The zero value is nonsense and admits nothing.</summary>
/// <param name="Word">The first letter; zero for an answer that couldn't be read.</param>
/// <param name="Now">Redis' clock, microseconds.</param>
/// <param name="Epoch">The tenant's epoch; for <c>begin</c>, when the generation began.</param>
/// <param name="Wait">Microseconds.</param>
/// <param name="Place">Which of the limits refused, from 1.</param>
/// <param name="Earlier">For what was done already: the earlier decision's id.</param>
internal readonly record struct ScriptReply(byte Word, long Now, long Epoch, long Wait, int Place, string? Earlier = null)
{
    public const byte Good = (byte)'A';
    public const byte Replayed = (byte)'P';
    public const byte RateLimited = (byte)'R';
    public const byte ConcurrencyLimited = (byte)'C';
    public const byte BudgetExhausted = (byte)'B';
    public const byte Stale = (byte)'S';
    public const byte TooEarly = (byte)'Y';
    public const byte AlreadyDone = (byte)'D';

    /// <summary>The memory isn't the one that this script was loaded for: missing, or another server's.</summary>
    public const byte Forgotten = (byte)'F';

    /// <summary>The memory has no epoch.</summary>
    public const byte Unseeded = (byte)'U';

    /// <summary>The answer of a call: a line with Redis' clock and the epoch, and one for each request.</summary>
    /// <returns>Null unless each of so many lines can be read: who is to say whose answer is missing.</returns>
    public static ScriptReply[]? Read(RedisResult result, int count) => Read(((byte[]?)result).AsSpan(), count);

    public static ScriptReply[]? Read(ReadOnlySpan<byte> text, int count)
    {
        if (!TryNumber(ref text, (byte)' ', out var now) || !TryNumber(ref text, (byte)'\n', out var epoch))
        {
            return null;
        }

        var replies = new ScriptReply[count];
        var at = 0;
        foreach (var line in text.Split((byte)'\n'))
        {
            if (at == count || Read(text[line], now, epoch) is not { Word: not 0 } reply)
            {
                return null;
            }

            replies[at++] = reply;
        }

        return at == count ? replies : null;
    }

    /// <summary>A letter; or a letter and a name; or a letter, microseconds and a place.</summary>
    private static ScriptReply Read(ReadOnlySpan<byte> line, long now, long epoch)
    {
        if (line.Length == 1)
        {
            return new ScriptReply(line[0], now, epoch, 0, 0);
        }

        if (line.Length < 3 || line[1] != ' ')
        {
            return default;
        }

        var rest = line[2..];
        if (line[0] == AlreadyDone)
        {
            return new ScriptReply(AlreadyDone, now, epoch, 0, 0, System.Text.Encoding.ASCII.GetString(rest));
        }

        return
            TryNumber(ref rest, (byte)' ', out var wait)
            && Utf8Parser.TryParse(rest, out int place, out var length)
            && length == rest.Length
            ? new ScriptReply(line[0], now, epoch, wait, place)
            : default;
    }

    /// <summary>Reads a number and what must stand behind it.</summary>
    private static bool TryNumber(ref ReadOnlySpan<byte> text, byte end, out long number)
    {
        if (!Utf8Parser.TryParse(text, out number, out var length) || length == text.Length || text[length] != end)
        {
            return false;
        }

        text = text[(length + 1)..];
        return true;
    }
}
