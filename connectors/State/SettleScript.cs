namespace Gateway.Connectors.State;

/// <summary>
/// The part of the script that settles. What makes it idempotent is that the mark of an unsettled request can be deleted only once; after a loss of memory
/// there is none, and nothing is given back that was never taken.
/// </summary>
internal static class SettleScript
{
    /// <summary>
    /// Arguments: 2 request id, 3 and 4 how many concurrency limits and budgets, then for each budget the start of the window of the admission and
    /// the difference. Keys: memory, one a limit, and the mark if there are budgets.
    /// </summary>
    public const string Text = """
        if mode == 'settle' then
          local limits, budgets = tonumber(ARGV[3]), tonumber(ARGV[4])
          for i = 2, limits + 1 do
            redis.call('ZREM', KEYS[i], ARGV[2])
          end

          if budgets > 0 and redis.call('DEL', KEYS[limits + budgets + 2]) == 1 then
            for i = 1, budgets do
              local key = KEYS[limits + 1 + i]
              if redis.call('HGET', key, 's') == ARGV[3 + 2 * i] then
                redis.call('HINCRBY', key, 'n', ARGV[4 + 2 * i])
              end
            end
          end

          return say('A')
        end

        return say('?')
        """;
}
