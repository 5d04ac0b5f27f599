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
        if (!ReplyLine.TryNumber(ref text, (byte)' ', out var now) || !ReplyLine.TryNumber(ref text, (byte)'\n', out var epoch))
        {
            return null;
        }

        var replies = new ScriptReply[count];
        var at = 0;
        foreach (var line in text.Split((byte)'\n'))
        {
            if (at == count || ReplyLine.Read(text[line], now, epoch) is not { Word: not 0 } reply)
            {
                return null;
            }

            replies[at++] = reply;
        }

        return at == count ? replies : null;
    }
}
