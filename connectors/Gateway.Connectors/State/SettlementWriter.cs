using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>Writes settlements as <see cref="SettleScript"/> reads them, behind what stands in a call already. Not thread-safe.</summary>
internal sealed class SettlementWriter(RedisKeys names, ScriptCallBuilder call)
{
    /// <summary>Behind the ids of those that hold something.</summary>
    public void Write(QueuedRequest<Settlement>[] asks)
    {
        foreach (var asked in asks)
        {
            Add(asked.Item.Request, asked.Item);
        }
    }

    /// <returns>How many.</returns>
    public int WriteHeld(QueuedRequest<Settlement>[] asks)
    {
        var before = call.Arguments.Count;
        foreach (var asked in asks)
        {
            if (asked.Item.Request.Holds)
            {
                call.Arguments.Add(asked.Item.Request.RequestId);
            }
        }

        return call.Arguments.Count - before;
    }

    private void Add(AdmissionRequest request, Settlement settlement)
    {
        var argument = call.Arguments.Count;
        call.Arguments.AddRange([default, request.RequestId]);
        call.Numbers.Add(request.Concurrency.Count, request.Budgets.Count, settlement.Freed is null ? 0 : 1);
        if (settlement.Freed is { } once)
        {
            call.Keys.Add(names.Idempotency(once));
            call.Arguments.Add(once.DecisionId);
        }

        for (var i = 0; i < request.Concurrency.Count; i++)
        {
            call.Keys.Add(names.Slots(request.Concurrency[i]));
        }

        for (var i = 0; i < request.Budgets.Count; i++)
        {
            var use = request.Budgets[i];
            call.Keys.Add(names.Budget(use));
            call.Arguments.Add(settlement.WindowOf(use));
            call.Numbers.Add(settlement.DifferenceOf(use));
        }

        call.Arguments[argument] = call.Numbers.Take();
    }
}
