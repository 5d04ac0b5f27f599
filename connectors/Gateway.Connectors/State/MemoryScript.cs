namespace Gateway.Connectors.State;

/// <summary>The part of the script that keeps its memory: whose it is, when its generation began, and a tenant's epoch.</summary>
internal static class MemoryScript
{
    /// <summary>
    /// <c>load</c>: who the server is. <c>read identity deadline</c>: the epoch. <c>begin identity again floor</c>: begins a generation
    /// where the memory is another's or is to begin again, never before the floor or an earlier beginning. <c>seed start epoch</c>: gives
    /// the epoch of just this generation. <c>publish epoch</c>: raises it.
    /// </summary>
    public const string Text = """

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
