namespace Gateway.Connectors.State;

/// <summary>
/// The part of the script that admits. Reads and judges everything before it writes; only a nonce stays consumed when a limit refuses.
/// </summary>
internal static class AdmitScript
{
    /// <summary>
    /// Arguments: 2 identity, 3 deadline, 4 epoch, 5 the signature's time less the margin (-1 for none), 6 when the nonce may be forgotten (ms), 7 to 9 how
    /// many rates, concurrency limits and budgets, 10 request id, 11 the lease's length, 12 the decision's id and 13 for how many milliseconds an idempotency key keeps it (0 for no key); then a rate's interval and tolerance, a limit's slots, a budget's
    /// tokens, window and reserve. Keys: memory, nonce if any, idempotency key if any, then one a limit, and the mark of an unsettled request if there are budgets.
    /// Times in microseconds. <c>read</c> takes the first three only.
    /// </summary>
    public const string Text = """
        if mode == 'admit' or mode == 'read' then
          local memory = redis.call('HMGET', KEYS[1], 'i', 's', 'e')
          if memory[1] ~= ARGV[2] then return say('F') end
          if now > tonumber(ARGV[3]) then return say('L') end
          local epoch = memory[3]
          if not epoch then return say('U') end
          if mode == 'read' then return say('A', epoch) end
          if tonumber(epoch) > tonumber(ARGV[4]) then return say('S', epoch) end

          local key = 2
          local created = tonumber(ARGV[5])
          if created >= 0 then
            if created < tonumber(memory[2]) then return say('Y', epoch, tonumber(memory[2]) - now) end
            if tonumber(ARGV[6]) * 1000 <= now then return say('X', epoch) end
            if not redis.call('SET', KEYS[2], '1', 'NX', 'PXAT', ARGV[6]) then return say('P', epoch) end
            key = 3
          end

          local once = tonumber(ARGV[13]) > 0 and key
          if once then
            local earlier = redis.call('GET', KEYS[once])
            if earlier then return say('D', epoch) .. ' ' .. earlier end
            key = key + 1
          end

          local rates, limits, budgets = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
          local first, at, written = key, 14, {}
          for i = 1, rates do
            local interval, tolerance = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
            local arrival = tonumber(redis.call('GET', KEYS[key]) or now)
            arrival = math.max(now, math.min(arrival, now + tolerance + interval))
            if arrival - now > tolerance then return say('R', epoch, arrival - now - tolerance, i) end
            written[key] = arrival + interval
            key, at = key + 1, at + 2
          end

          for i = 1, limits do
            if redis.call('ZCOUNT', KEYS[key], string.format('(%.0f', now), '+inf') >= tonumber(ARGV[at]) then
              return say('C', epoch, 1000000, i)
            end
            key, at = key + 1, at + 1
          end

          local settle = 0
          for i = 1, budgets do
            local tokens, window, reserve = tonumber(ARGV[at]), tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
            local held = redis.call('HMGET', KEYS[key], 's', 'n')
            local start, used = tonumber(held[1] or 0), tonumber(held[2] or 0)
            if now - now % window > start then start, used = now - now % window, 0 end
            if used + reserve > tokens then return say('B', epoch, start + window - now, i) end
            written[key] = {start, used + reserve, start + window}
            settle = math.max(settle, start + window)
            key, at = key + 1, at + 3
          end

          for i = first, first + rates - 1 do
            redis.call('SET', KEYS[i], string.format('%.0f', written[i]), 'PXAT', string.format('%.0f', math.ceil(written[i] / 1000)))
          end

          for i = first + rates, first + rates + limits - 1 do
            redis.call('ZADD', KEYS[i], string.format('%.0f', now + tonumber(ARGV[11])), ARGV[10])
            redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', string.format('%.0f', now))
            redis.call('PEXPIRE', KEYS[i], 86400000) -- the longest lease
          end

          for i = first + rates + limits, key - 1 do
            local w = written[i]
            redis.call('HSET', KEYS[i], 's', string.format('%.0f', w[1]), 'n', string.format('%.0f', w[2]))
            redis.call('PEXPIREAT', KEYS[i], string.format('%.0f', math.ceil(w[3] / 1000)))
          end

          if budgets > 0 then
            redis.call('SET', KEYS[key], '1', 'PXAT', string.format('%.0f', math.ceil(settle / 1000)))
          end

          if once then redis.call('SET', KEYS[once], ARGV[12], 'PX', ARGV[13]) end
          return say('A', epoch)
        end

        """;
}
