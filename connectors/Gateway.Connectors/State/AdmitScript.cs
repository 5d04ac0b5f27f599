namespace Gateway.Connectors.State;

/// <summary>
/// The part of the script that admits, one request after the other. Each reads and judges everything before it charges; only a nonce stays
/// consumed when a limit refuses. What several charge is written once, after the last: they saw it in <c>rates</c>, <c>slots</c> and
/// <c>budgets</c>. It goes on where <see cref="SettleScript"/> ended, in the same call.
/// </summary>
internal static class AdmitScript
{
    /// <summary>
    /// <para>Argument 2 is the identity. Behind what is to be settled, for each request: numbers (how many keys and arguments it has, where
    /// its limits begin among the keys and which argument holds them, the deadline, the epoch, the signature's time less the margin or -1
    /// for none, how many rates, concurrency limits and budgets, the lease's length, for how many milliseconds an idempotency key keeps its
    /// decision or 0 for no key, the interval and tolerance of the nonces' own rate or 0; then for each budget what is reserved and what
    /// stays charged if nobody settles), its id, when the nonce may be forgotten (ms) if it has one, the
    /// decision's id if it has an idempotency key; and last, unless an earlier one has the same, the numbers of its limits: a rate's
    /// interval and tolerance, a limit's slots, a budget's tokens and window.</para> <para>Keys: for each request the rate of nonces if
    /// any, its nonce if any, idempotency key if any, and one a limit of its own. Times in microseconds. A
    /// number is handed to Redis as it is: Lua writes it with 17 digits, and none has more than 16.</para>
    /// </summary>
    public const string Text = """
          if at > #ARGV then return answer(table.concat(answers, '\n')) end

          local memory = redis.call('HMGET', KEYS[1], 'i', 's', 'e')
          local epoch = memory[3]
          local rates, slots, budgets = {}, {}, {}
          local opened, leased = {}, {}
          local texts = {}

          -- Of a number that many requests share: writing one costs as much as a command.
          local function text(number)
            local written = texts[number] or string.format('%.0f', number)
            texts[number] = written
            return written
          end

          local function admit(key, at)
            local own, id = ARGV[at], ARGV[at + 1]
            local _, _, rate, limits, deadline, asked, created, ofRates, ofSlots, ofBudgets, lease, remember, each, ahead, reserves =
              struct.unpack('<dddddddddddddd', own)
            at = at + 2
            if memory[1] ~= ARGV[2] then return 'F' end
            if now > deadline then return 'L' end
            if not epoch then return 'U' end
            if tonumber(epoch) > asked then return 'S' end
            if full and (created >= 0 or remember > 0 or ofRates + ofSlots + ofBudgets > 0) then return 'M' end

            if created >= 0 then
              if created < tonumber(memory[2]) then return wait('Y', tonumber(memory[2]) - now) end
              if tonumber(ARGV[at]) * 1000 <= now then return 'X' end
              local due
              if each > 0 then
                due = rates[KEYS[key]] or tonumber(redis.call('GET', KEYS[key]) or now)
                due = math.max(now, math.min(due, now + ahead + each))
                if due - now > ahead then return wait('R', due - now - ahead) end
                key = key + 1
              end
              if not redis.call('SET', KEYS[key], '1', 'NX', 'PXAT', ARGV[at]) then return 'P' end
              if due then rates[KEYS[key - 1]] = due + each end
              key, at = key + 1, at + 1
            end

            local once = remember > 0 and KEYS[key]
            if once then
              local earlier = redis.call('GET', once)
              if earlier then return 'D ' .. earlier end
              key = key + 1
            end

            local slot = rate + ofRates
            local budget = slot + ofSlots
            local last = budget + ofBudgets - 1
            local charged, offset = {}, 1
            limits = ARGV[limits]

            for i = rate, slot - 1 do
              local interval, tolerance
              interval, tolerance, offset = struct.unpack('<dd', limits, offset)
              local arrival = rates[KEYS[i]] or tonumber(redis.call('GET', KEYS[i]) or now)
              arrival = math.max(now, math.min(arrival, now + tolerance + interval))
              if arrival - now > tolerance then return wait('R', arrival - now - tolerance, i - rate + 1) end
              charged[i] = arrival + interval
            end

            for i = slot, budget - 1 do
              local max
              max, offset = struct.unpack('<d', limits, offset)
              local held = slots[KEYS[i]] or {taken = redis.call('ZCARD', KEYS[i])}
              if held.taken >= max then return wait('C', 1000000, i - slot + 1) end
              charged[i] = held
            end

            local details = ''
            for i = budget, last do
              local tokens, window, reserve, kept
              tokens, window, offset = struct.unpack('<dd', limits, offset)
              reserve, kept, reserves = struct.unpack('<dd', own, reserves)
              local held = budgets[KEYS[i]]
              if not held then
                local read = redis.call('HMGET', KEYS[i], 's', 'n')
                held = {start = tonumber(read[1] or 0), used = tonumber(read[2] or 0)}
              end
              local start, used, fresh = held.start, held.used, held.fresh
              if now - now % window > start then start, used, fresh = now - now % window, 0, true end
              if used + reserve > tokens then return wait('B', start + window - now, i - budget + 1) end
              charged[i] = {start = start, used = used + reserve, fresh = fresh, stop = start + window}
              details = details .. struct.pack('<dd', start, kept - reserve)
            end

            for i = rate, slot - 1 do rates[KEYS[i]] = charged[i] end
            for i = slot, budget - 1 do
              local held = charged[i]
              held.taken = held.taken + 1
              held[#held + 1] = text(now + lease)
              held[#held + 1] = id
              slots[KEYS[i]] = held
            end
            for i = budget, last do budgets[KEYS[i]] = charged[i] end

            if last >= slot then
              opened[#opened + 1] = id
              opened[#opened + 1] = struct.pack('<dd', ofSlots, ofBudgets) .. details .. table.concat(KEYS, '\n', slot, last)
              leased[#leased + 1] = text(now + lease)
              leased[#leased + 1] = id
            end
            if once then redis.call('SET', once, ARGV[at], 'PX', text(remember)) end
            return 'A'
          end

          while at <= #ARGV do
            local keys, arguments = struct.unpack('<dd', ARGV[at])
            answers[#answers + 1] = admit(key, at)
            key, at = key + keys, at + arguments
          end

          for name, arrival in pairs(rates) do
            redis.call('SET', name, arrival, 'PXAT', math.ceil(arrival / 1000))
          end

          for name, held in pairs(slots) do
            redis.call('ZADD', name, unpack(held))
            redis.call('PEXPIRE', name, 86400000) -- longer than any request takes
          end

          for name, held in pairs(budgets) do
            redis.call('HSET', name, 's', held.start, 'n', held.used)
            if held.fresh then redis.call('PEXPIREAT', name, math.ceil(held.stop / 1000)) end
          end

          if #opened > 0 then
            local first = redis.call('ZCARD', leases) == 0
            redis.call('HSET', open, unpack(opened))
            redis.call('ZADD', leases, unpack(leased))
            if first then
              redis.call('PEXPIRE', leases, 2678400000)
              redis.call('PEXPIRE', open, 2678400000)
            end
          end

          return answer(table.concat(answers, '\n'), epoch)
        end

        return answer('?')
        """;
}
