using Gateway.Connectors.Contracts;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>Writes what goes together in one call. Used again for every call, one at a time. Thread-safe.</summary>
/// <inheritdoc cref="AdmissionWriter" path="/param"/>
internal sealed class BatchWriter
{
    private static readonly RedisValue Mode = "call";

    private readonly Lock _gate = new();
    private readonly ScriptCallBuilder _call = new();
    private readonly RedisKey _memory;
    private readonly SettlementWriter _settle;
    private readonly AdmissionWriter _admit;

    public BatchWriter(RedisKeys names, RedisClock clock, long margin)
    {
        _memory = names.Memory;
        _settle = new SettlementWriter(names, _call);
        _admit = new AdmissionWriter(names, clock, margin, _call);
    }

    public ScriptCall Write(CallBatch batch, RedisSession session)
    {
        lock (_gate)
        {
            _call.Clear();
            _call.Keys.Add(_memory);
            _call.Arguments.AddRange([Mode, session.Identity, default, _settle.WriteMarks(batch.Settlements)]);
            _settle.Write(batch.Settlements);
            _call.Arguments[2] = _call.Arguments.Count;
            _admit.Write(batch.Admissions);
            return _call.Build();
        }
    }
}

/// <summary>
/// Writes settlements in the form that <see cref="SettleScript"/> reads, behind what stands in a call already. Not thread-safe: used again
/// for every call.
/// </summary>
internal sealed class SettlementWriter(RedisKeys names, ScriptCallBuilder call)
{
    /// <summary>Behind the marks, of which there must be one for each settlement with budgets, in the same order.</summary>
    public void Write(QueuedRequest<Settlement>[] asks)
    {
        foreach (var asked in asks)
        {
            Add(asked.Item.Request, asked.Item);
        }
    }

    /// <returns>How many.</returns>
    public int WriteMarks(QueuedRequest<Settlement>[] asks)
    {
        var before = call.Keys.Count;
        foreach (var asked in asks)
        {
            if (asked.Item.Request.Budgets.Count > 0)
            {
                call.Keys.Add(names.Unsettled(asked.Item.Request.RequestId));
            }
        }

        return call.Keys.Count - before;
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
