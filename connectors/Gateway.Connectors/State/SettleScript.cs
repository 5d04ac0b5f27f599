namespace Gateway.Connectors.State;

/// <summary>
/// The part of the script that settles. What makes it idempotent is that the mark of an unsettled request can be deleted only once; after a
/// loss of memory there is none, and nothing is given back that was never taken. It begins what <see cref="AdmitScript"/> ends: one call
/// does both.
/// </summary>
internal static class SettleScript
{
    /// <summary>
    /// <para>Argument 3 is the last of these, 4 how many marks there are. Then for each request: numbers (how many concurrency limits, how
    /// many budgets, whether its idempotency key is to be free; then the difference of each budget), its id, the decision that its
    /// idempotency key is to be free of if any, and for each budget the start of the window of the admission.</para> <para>Keys: memory;
    /// the mark of each request with budgets; then for each request its idempotency key if it is to be free, and one a limit.</para>
    /// </summary>
    public const string Text = """
        if mode == 'call' then
          local answers, marks, at = {}, tonumber(ARGV[4]), 5
          local key = 2 + marks
          local ended, differences, unsettled = {}, {}, {}
          local mark, last = 2, tonumber(ARGV[3])

          -- Redis asks whether its memory is full before a script's first write only, and that is one that gives memory back
          -- where something is settled. So it is asked here, by a write of nothing.
          local full = last > 4 and #ARGV > last and type(redis.pcall('SETRANGE', KEYS[1] .. ':full', 0, '')) == 'table'
          if marks == 1 then
            unsettled[KEYS[2]] = redis.call('DEL', KEYS[2]) == 1
          elseif marks > 1 then
            local found = redis.call('MGET', unpack(KEYS, 2, 1 + marks))
            for i = 1, marks do unsettled[KEYS[1 + i]] = found[i] end
            redis.call('DEL', unpack(KEYS, 2, 1 + marks))
          end

          while at <= last do
            local own = ARGV[at]
            local slots, budgets, free, offset = struct.unpack('<ddd', own)
            local id = ARGV[at + 1]
            at = at + 2
            if free == 1 then
              if redis.call('GET', KEYS[key]) == ARGV[at] then redis.call('DEL', KEYS[key]) end
              key, at = key + 1, at + 1
            end

            for i = 1, slots do
              local ids = ended[KEYS[key]] or {}
              ids[#ids + 1] = id
              ended[KEYS[key]] = ids
              key = key + 1
            end

            if budgets > 0 then
              for i = 1, budgets do
                local difference
                difference, offset = struct.unpack('<d', own, offset)
                if unsettled[KEYS[mark]] then
                  local windows = differences[KEYS[key]] or {}
                  windows[ARGV[at]] = (windows[ARGV[at]] or 0) + difference
                  differences[KEYS[key]] = windows
                end
                key, at = key + 1, at + 1
              end
              unsettled[KEYS[mark]] = false
              mark = mark + 1
            end
            answers[#answers + 1] = 'A'
          end

          for name, ids in pairs(ended) do
            redis.call('ZREM', name, unpack(ids))
          end

          for name, windows in pairs(differences) do
            local difference = windows[redis.call('HGET', name, 's')]
            if difference then redis.call('HINCRBY', name, 'n', difference) end
          end


        """;
}
