namespace Gateway.Connectors.State;

/// <summary>
/// The part of the script that settles. What makes it idempotent is that a request is open only until it is settled once; after a loss of
/// memory none is, and nothing is given back that was never taken. It begins what <see cref="AdmitScript"/> ends: one call does both.
/// </summary>
internal static class SettleScript
{
    /// <summary>
    /// <para>Argument 3 is the last of these, 4 how many of the requests hold something; then their ids. Then for each request: numbers
    /// (how many concurrency limits, how many budgets, whether its idempotency key is to be free; then the difference of each budget), its
    /// id, the decision that its idempotency key is to be free of if any, and for each budget the start of the window of the
    /// admission.</para> <para>Keys: memory; then for each request its idempotency key if it is to be free, and one a limit.</para>
    /// </summary>
    public const string Text = """
        if mode == 'call' then
          local answers, held = {}, tonumber(ARGV[4])
          local at, key = 5 + held, 2
          local ended, differences, unsettled = {}, {}, {}
          local last = tonumber(ARGV[3])
          local gone = #ARGV > last and lapsed(100) or {}

          -- Redis asks whether its memory is full before a script's first write only, and that is one that gives memory back
          -- where something is settled. So it is asked here, by a write of nothing.
          local full = (last > 4 or #gone > 0) and #ARGV > last
            and type(redis.pcall('SETRANGE', KEYS[1] .. ':full', 0, '')) == 'table'
          if held > 0 then
            local found = redis.call('HMGET', open, unpack(ARGV, 5, 4 + held))
            for i = 1, held do unsettled[ARGV[4 + i]] = found[i] end
            redis.call('HDEL', open, unpack(ARGV, 5, 4 + held))
            redis.call('ZREM', leases, unpack(ARGV, 5, 4 + held))
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
                if unsettled[id] then
                  local windows = differences[KEYS[key]] or {}
                  windows[ARGV[at]] = (windows[ARGV[at]] or 0) + difference
                  differences[KEYS[key]] = windows
                end
                key, at = key + 1, at + 1
              end
              unsettled[id] = false
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

          free(gone)

        """;
}
