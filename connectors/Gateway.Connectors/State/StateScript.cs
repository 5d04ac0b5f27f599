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
        new("-- gateway " + RandomNumberGenerator.GetHexString(32) + "\n" + Start + Memory + SettleScript.Text + AdmitScript.Text);

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

    /// <summary>
    /// <c>load</c>: who the server is. <c>read identity deadline</c>: the epoch. <c>begin identity again floor</c>: begins a generation
    /// where the memory is another's or is to begin again, never before the floor or an earlier beginning. <c>seed start epoch</c>: gives
    /// the epoch of just this generation. <c>publish epoch</c>: raises it.
    /// </summary>
    private const string Memory = """

        if mode == 'load' then
          return {redis.call('INFO'), string.format('%.0f', now)}
        end

        if mode == 'read' then
          local held = redis.call('HMGET', KEYS[1], 'i', 'e')
          if held[1] ~= ARGV[2] then return answer('F') end
          if now > tonumber(ARGV[3]) then return answer('L') end
          if not held[2] then return answer('U') end
          return answer('A', held[2])
        end

        if mode == 'begin' then
          local held = redis.call('HMGET', KEYS[1], 'i', 's', 'e')
          if held[1] ~= ARGV[2] or not held[2] or ARGV[3] == '1' then
            local start = string.format('%.0f', math.max(now, tonumber(ARGV[4]), tonumber(held[2] or 0)))
            if held[1] ~= ARGV[2] then
              redis.call('DEL', KEYS[1])
              held[3] = false
            end
            redis.call('HSET', KEYS[1], 'i', ARGV[2], 's', start)
            held[2] = start
          end
          return answer(held[3] and 'A' or 'U', held[2])
        end

        if mode == 'seed' or mode == 'publish' then
          local held = redis.call('HMGET', KEYS[1], 's', 'e')
          if mode == 'seed' and held[1] ~= ARGV[3] then return answer('F') end
          if mode == 'publish' and not held[2] then return answer('U') end
          if not held[2] or tonumber(ARGV[2]) > tonumber(held[2]) then
            redis.call('HSET', KEYS[1], 'e', ARGV[2])
          end
          return answer('A')
        end


        """;
}
