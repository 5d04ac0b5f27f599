using Gateway.Connectors.Contracts;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>Writes a call of one or more settlements in the form that <see cref="SettleScript"/> reads. Not thread-safe: used again for every call.</summary>
internal sealed class SettleCall(RedisKeys names)
{
    private static readonly RedisValue Mode = "settle";

    private readonly List<RedisKey> _keys = [];
    private readonly List<RedisValue> _arguments = [];

    public ScriptCall Write(QueuedAsk<Settlement>[] asks, RedisSession session)
    {
        _keys.Clear();
        _arguments.Clear();
        _keys.Add(names.Memory);
        _arguments.Add(Mode);
        foreach (var asked in asks)
        {
            Add(asked.Ask.Request, asked.Ask);
        }

        return new ScriptCall([.. _keys], [.. _arguments]);
    }

    private void Add(AdmissionRequest request, Settlement settlement)
    {
        _arguments.AddRange([request.RequestId, request.Concurrency.Count, request.Budgets.Count, settlement.Freed?.DecisionId ?? ""]);
        if (settlement.Freed is { } once)
        {
            _keys.Add(names.Idempotency(once));
        }

        for (var i = 0; i < request.Concurrency.Count; i++)
        {
            _keys.Add(names.Slots(request.Concurrency[i]));
        }

        for (var i = 0; i < request.Budgets.Count; i++)
        {
            var use = request.Budgets[i];
            _keys.Add(names.Budget(use));
            _arguments.AddRange([settlement.WindowOf(use), settlement.DifferenceOf(use)]);
        }

        if (request.Budgets.Count > 0)
        {
            _keys.Add(names.Unsettled(request.RequestId));
        }
    }
}
