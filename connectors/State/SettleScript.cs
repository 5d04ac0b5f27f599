namespace Gateway.Connectors.State;

/// <summary>
/// The part of the script that settles. What makes it idempotent is that the mark of an unsettled request can be deleted only once; after a loss of memory
/// there is none, and nothing is given back that was never taken.
/// </summary>
internal static class SettleScript
{
    /// <summary>
    /// Argument 3 is the last of these: for each request its id, how many concurrency limits and budgets, the decision that its idempotency key is to be free of (empty for none), then for each
    /// budget the start of the window of the admission and the difference. Keys: memory; then for each request that idempotency key if any, one a limit, and the mark if
    /// there are budgets.
    /// </summary>
    public const string Text = """
        if mode == 'call' then
          local answers, key, at = {}, 2, 4
          local ended, differences = {}, {}
          while at <= tonumber(ARGV[3]) do
            if ARGV[at + 3] ~= '' then
              if redis.call('GET', KEYS[key]) == ARGV[at + 3] then redis.call('DEL', KEYS[key]) end
              key = key + 1
            end

            for i = 1, tonumber(ARGV[at + 1]) do
              local ids = ended[KEYS[key]] or {}
              ids[#ids + 1] = ARGV[at]
              ended[KEYS[key]] = ids
              key = key + 1
            end

            local budgets = tonumber(ARGV[at + 2])
            at = at + 4
            if budgets > 0 then
              local unsettled = redis.call('DEL', KEYS[key + budgets]) == 1
              for i = 1, budgets do
                if unsettled then
                  local windows = differences[KEYS[key]] or {}
                  windows[ARGV[at]] = (windows[ARGV[at]] or 0) + tonumber(ARGV[at + 1])
                  differences[KEYS[key]] = windows
                end
                key, at = key + 1, at + 2
              end
              key = key + 1
            end
            answers[#answers + 1] = say('A')
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
