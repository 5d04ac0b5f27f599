namespace Gateway.Connectors.State;

/// <summary>
/// The part of the script that admits, one request after the other. Each reads and judges everything before it charges; only a nonce stays consumed when a limit
/// refuses. What several charge is written once, after the last: they saw it in <c>rates</c>, <c>slots</c> and <c>budgets</c>. It goes on where
/// <see cref="SettleScript"/> ended, in the same call.
/// </summary>
internal static class AdmitScript
{
    /// <summary>
    /// <para>Argument 2 is the identity. Behind what is to be settled, for each request: 0 how many keys and 1 how many arguments it has, 2 where its limits begin among the keys and 3 among the
    /// arguments, 4 deadline, 5 epoch, 6 the signature's time less the margin (-1 for none), 7 when the nonce may be forgotten (ms), 8 to 10 how many rates, concurrency
    /// limits and budgets, 11 request id, 12 the lease's length, 13 the decision's id and 14 for how many milliseconds an idempotency key keeps it (0 for no key); then
    /// what is reserved of each budget. The limits are its own, behind that, or an earlier request's with the same ones: a rate's interval and tolerance, a limit's
    /// slots, a budget's tokens and window.</para>
    /// <para>Keys: for each request its nonce if any, idempotency key if any, the mark of an unsettled request if there are budgets, and one a limit
    /// of its own. Times in microseconds. A number is handed to Redis as it is: Lua writes it with 17 digits, and none has more than 16.</para>
    /// </summary>
    public const string Text = """
          if at > #ARGV then return table.concat(answers, '\n') end

          local memory = redis.call('HMGET', KEYS[1], 'i', 's', 'e')
          local epoch = memory[3]
          local rates, slots, budgets = {}, {}, {}

          local function admit(key, at)
            if memory[1] ~= ARGV[2] then return say('F') end
            if now > tonumber(ARGV[at + 4]) then return say('L') end
            if not epoch then return say('U') end
            if tonumber(epoch) > tonumber(ARGV[at + 5]) then return say('S', epoch) end

            local created = tonumber(ARGV[at + 6])
            if created >= 0 then
              if created < tonumber(memory[2]) then return say('Y', epoch, tonumber(memory[2]) - now) end
              if tonumber(ARGV[at + 7]) * 1000 <= now then return say('X', epoch) end
              if not redis.call('SET', KEYS[key], '1', 'NX', 'PXAT', ARGV[at + 7]) then return say('P', epoch) end
              key = key + 1
            end

            local once = tonumber(ARGV[at + 14]) > 0 and KEYS[key]
            if once then
              local earlier = redis.call('GET', once)
              if earlier then return say('D', epoch) .. ' ' .. earlier end
              key = key + 1
            end

            local rate = tonumber(ARGV[at + 2])
            local slot = rate + tonumber(ARGV[at + 8])
            local budget = slot + tonumber(ARGV[at + 9])
            local last = budget + tonumber(ARGV[at + 10]) - 1
            local limit, charged = tonumber(ARGV[at + 3]), {}

            for i = rate, slot - 1 do
              local interval, tolerance = tonumber(ARGV[limit]), tonumber(ARGV[limit + 1])
              local arrival = rates[KEYS[i]] or tonumber(redis.call('GET', KEYS[i]) or now)
              arrival = math.max(now, math.min(arrival, now + tolerance + interval))
              if arrival - now > tolerance then return say('R', epoch, arrival - now - tolerance, i - rate + 1) end
              charged[i] = arrival + interval
              limit = limit + 2
            end

            for i = slot, budget - 1 do
              local max = tonumber(ARGV[limit])
              local held = slots[KEYS[i]] or {taken = redis.call('ZCARD', KEYS[i])}
              if held.taken >= max then
                held.taken = held.taken - redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now) -- leases that ended
                if held.taken >= max then return say('C', epoch, 1000000, i - slot + 1) end
              end
              charged[i] = held
              limit = limit + 1
            end

            local settle = 0
            for i = budget, last do
              local tokens, window, reserve = tonumber(ARGV[limit]), tonumber(ARGV[limit + 1]), tonumber(ARGV[at + 15 + i - budget])
              local held = budgets[KEYS[i]]
              if not held then
                local read = redis.call('HMGET', KEYS[i], 's', 'n')
                held = {start = tonumber(read[1] or 0), used = tonumber(read[2] or 0)}
              end
              local start, used, fresh = held.start, held.used, held.fresh
              if now - now % window > start then start, used, fresh = now - now % window, 0, true end
              if used + reserve > tokens then return say('B', epoch, start + window - now, i - budget + 1) end
              charged[i] = {start = start, used = used + reserve, fresh = fresh, stop = start + window}
              settle = math.max(settle, start + window)
              limit = limit + 2
            end

            for i = rate, slot - 1 do rates[KEYS[i]] = charged[i] end
            for i = slot, budget - 1 do
              local held = charged[i]
              held.taken = held.taken + 1
              held[#held + 1] = now + tonumber(ARGV[at + 12])
              held[#held + 1] = ARGV[at + 11]
              slots[KEYS[i]] = held
            end
            for i = budget, last do budgets[KEYS[i]] = charged[i] end

            if last >= budget then redis.call('SET', KEYS[key], '1', 'PXAT', math.ceil(settle / 1000)) end
            if once then redis.call('SET', once, ARGV[at + 13], 'PX', ARGV[at + 14]) end
            return say('A', epoch)
          end

          while at <= #ARGV do
            answers[#answers + 1] = admit(key, at)
            key, at = key + tonumber(ARGV[at]), at + tonumber(ARGV[at + 1])
          end

          for name, arrival in pairs(rates) do
            redis.call('SET', name, arrival, 'PXAT', math.ceil(arrival / 1000))
          end

          for name, held in pairs(slots) do
            redis.call('ZADD', name, unpack(held))
            redis.call('PEXPIRE', name, 86400000) -- the longest lease
          end

          for name, held in pairs(budgets) do
            redis.call('HSET', name, 's', held.start, 'n', held.used)
            if held.fresh then redis.call('PEXPIREAT', name, math.ceil(held.stop / 1000)) end
          end

          return table.concat(answers, '\n')
        end

        return say('?')
        """;
}
