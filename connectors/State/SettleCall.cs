using Gateway.Connectors.Contracts;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>Writes settlements in the form that <see cref="SettleScript"/> reads, behind what stands in a call already. Not thread-safe: used again for every call.</summary>
internal sealed class SettleCall(RedisKeys names, List<RedisKey> keys, List<RedisValue> arguments)
{
    private readonly PackedNumbers _numbers = new();

    /// <summary>Behind the marks, of which there must be one for each settlement with budgets, in the same order.</summary>
    public void Write(QueuedAsk<Settlement>[] asks)
    {
        _numbers.Clear();
        foreach (var asked in asks)
        {
            Add(asked.Ask.Request, asked.Ask);
        }
    }

    /// <returns>How many.</returns>
    public int WriteMarks(QueuedAsk<Settlement>[] asks)
    {
        var before = keys.Count;
        foreach (var asked in asks)
        {
            if (asked.Ask.Request.Budgets.Count > 0)
            {
                keys.Add(names.Unsettled(asked.Ask.Request.RequestId));
            }
        }

        return keys.Count - before;
    }

    private void Add(AdmissionRequest request, Settlement settlement)
    {
        var argument = arguments.Count;
        arguments.AddRange([default, request.RequestId]);
        _numbers.Add(request.Concurrency.Count, request.Budgets.Count, settlement.Freed is null ? 0 : 1);
        if (settlement.Freed is { } once)
        {
            keys.Add(names.Idempotency(once));
            arguments.Add(once.DecisionId);
        }

        for (var i = 0; i < request.Concurrency.Count; i++)
        {
            keys.Add(names.Slots(request.Concurrency[i]));
        }

        for (var i = 0; i < request.Budgets.Count; i++)
        {
            var use = request.Budgets[i];
            keys.Add(names.Budget(use));
            arguments.Add(settlement.WindowOf(use));
            _numbers.Add(settlement.DifferenceOf(use));
        }

        arguments[argument] = _numbers.Take();
    }
}
