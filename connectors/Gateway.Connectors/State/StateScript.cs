using System.Security.Cryptography;
using System.Text;

namespace Gateway.Connectors.State;

/// <summary>
/// The one script that runs in Redis. Its first argument says what to do. Every load gives it a new random name in its first line, and so a
/// digest of its own, and sends it exactly once: so a call by that digest can only succeed in the one process that it was sent to, and that
/// says by it who it is. <c>NOSCRIPT</c> thus means that the server was restarted, replaced, failed over or had its scripts flushed,
/// without a further round trip.
/// </summary>
/// <remarks>
/// It is loaded by <c>EVAL</c>, whose answer says who the server is; <c>SCRIPT LOAD</c> would take a second call for that. Each answer is
/// one text of lines, of words with a blank between them: Redis' clock and the epoch, then a line for each request, which begins with a
/// letter. What several requests need is said once, and their numbers come as doubles in one argument each: a word costs Redis more than
/// the command that it is for.
/// </remarks>
internal sealed class StateScript
{
    private StateScript(string text)
    {
        Text = text;
#pragma warning disable CA5350 // EVALSHA is defined over SHA-1; nothing rests on it against an attacker.
        Digest = SHA1.HashData(Encoding.UTF8.GetBytes(text));
#pragma warning restore CA5350
    }

    public string Text { get; }

    public byte[] Digest { get; }

    public static StateScript CreateNamed() =>
        new(
            "-- gateway "
                + RandomNumberGenerator.GetHexString(32)
                + "\n"
                + Start
                + MemoryScript.Text
                + LeaseScript.Text
                + SettleScript.Text
                + AdmitScript.Text
        );

    private const string Start = """
        local mode = ARGV[1]
        local clock = redis.call('TIME')
        local now = clock[1] * 1000000 + clock[2]

        local function answer(lines, epoch)
          return string.format('%.0f %s\n', now, epoch or '0') .. lines
        end

        local function wait(word, micros, place)
          return string.format('%s %.0f %d', word, micros, place or 0)
        end


        """;
}
