using Gateway.Connectors.Contracts;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>Writes settlements in the form that <see cref="SettleScript"/> reads, behind what stands in a call already. Not thread-safe: used again for every call.</summary>
internal sealed class SettleCall(RedisKeys names, List<RedisKey> keys, List<RedisValue> arguments)
{
    public void Write(QueuedAsk<Settlement>[] asks)
    {
        foreach (var asked in asks)
        {
            Add(asked.Ask.Request, asked.Ask);
        }
    }

    private void Add(AdmissionRequest request, Settlement settlement)
    {
        arguments.AddRange([request.RequestId, request.Concurrency.Count, request.Budgets.Count, settlement.Freed?.DecisionId ?? ""]);
        if (settlement.Freed is { } once)
        {
            keys.Add(names.Idempotency(once));
        }

        for (var i = 0; i < request.Concurrency.Count; i++)
        {
            keys.Add(names.Slots(request.Concurrency[i]));
        }

        for (var i = 0; i < request.Budgets.Count; i++)
        {
            var use = request.Budgets[i];
            keys.Add(names.Budget(use));
            arguments.AddRange([settlement.WindowOf(use), settlement.DifferenceOf(use)]);
        }

        if (request.Budgets.Count > 0)
        {
            keys.Add(names.Unsettled(request.RequestId));
        }
    }
}
