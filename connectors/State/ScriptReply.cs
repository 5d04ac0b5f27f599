using System.Buffers.Text;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>One answer of the script: five words with a blank between them. The zero value is nonsense and admits nothing.</summary>
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

    /// <summary>The answer of a call: a line each.</summary>
    /// <returns>Null unless each of so many lines can be read: who is to say whose answer is missing.</returns>
    public static ScriptReply[]? Read(RedisResult result, int count) => Read(((byte[]?)result).AsSpan(), count);

    public static ScriptReply[]? Read(ReadOnlySpan<byte> text, int count)
    {
        var replies = new ScriptReply[count];
        var at = 0;
        foreach (var line in text.Split((byte)'\n'))
        {
            if (at == count || Read(text[line]) is not { Word: not 0 } reply)
            {
                return null;
            }

            replies[at++] = reply;
        }

        return at == count ? replies : null;
    }

    public static ScriptReply Read(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || text[1] != ' ')
        {
            return default;
        }

        string? earlier = null;
        if (text[0] == AlreadyDone)
        {
            var last = text.LastIndexOf((byte)' ');
            earlier = System.Text.Encoding.ASCII.GetString(text[(last + 1)..]);
            text = text[..last];
        }

        var rest = text[2..];
        return TryNumber(ref rest, out var now) && TryNumber(ref rest, out var epoch) && TryNumber(ref rest, out var wait)
            && TryNumber(ref rest, out var place) && rest.IsEmpty && text[^1] != ' '
            ? new ScriptReply(text[0], now, epoch, wait, (int)place, earlier)
            : default;
    }

    private static bool TryNumber(ref ReadOnlySpan<byte> text, out long number)
    {
        if (!Utf8Parser.TryParse(text, out number, out var length) || (length < text.Length && text[length] != ' '))
        {
            return false;
        }

        text = length == text.Length ? [] : text[(length + 1)..];
        return true;
    }
}
