using Gateway.Connectors.Contracts;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>The keys and arguments of one admission, in the order that <see cref="AdmitScript"/> reads them.</summary>
internal readonly struct AdmitCall
{
    private const int FixedArguments = 13;

    private AdmitCall(RedisKey[] keys, RedisValue[] arguments) => (Keys, Arguments) = (keys, arguments);

    public RedisKey[] Keys { get; }

    public RedisValue[] Arguments { get; }

    /// <param name="margin">How long after a generation's beginning a signature must have been made, and how long after its end its nonce is kept; microseconds.</param>
    /// <param name="deadline">In Redis' time, microseconds.</param>
    public static AdmitCall Build(AdmissionRequest request, RedisKeys names, string identity, long deadline, long margin)
    {
        var (rates, slots, budgets) = (request.Rates.Count, request.Concurrency.Count, request.Budgets.Count);
        var nonces = request.Nonce is null ? 0 : 1;
        var once = request.Idempotency is null ? 0 : 1;
        var keys = new RedisKey[1 + nonces + once + rates + slots + budgets + (budgets > 0 ? 1 : 0)];
        var arguments = new RedisValue[FixedArguments + (2 * rates) + slots + (3 * budgets)];
        keys[0] = names.Memory;
        arguments[0] = "admit";
        arguments[1] = identity;
        arguments[2] = deadline;
        arguments[3] = request.Epoch;
        arguments[4] = -1;
        arguments[5] = 0;
        arguments[6] = rates;
        arguments[7] = slots;
        arguments[8] = budgets;
        arguments[9] = request.RequestId;
        arguments[10] = Micros.From(request.Lease);
        arguments[11] = "";
        arguments[12] = 0;
        if (request.Nonce is { } nonce)
        {
            keys[1] = names.Nonce(nonce);
            arguments[4] = Math.Max(0, Micros.From(nonce.Created) - margin);
            arguments[5] = ((Micros.From(nonce.Expires) + margin) / 1000) + 1;
        }

        if (request.Idempotency is { } use)
        {
            keys[1 + nonces] = names.Idempotency(use);
            arguments[11] = use.DecisionId;
            arguments[12] = (long)use.Remember.TotalMilliseconds;
        }

        AddLimits(request, names, keys.AsSpan(1 + nonces + once), arguments.AsSpan(FixedArguments));
        return new AdmitCall(keys, arguments);
    }

    private static void AddLimits(AdmissionRequest request, RedisKeys names, Span<RedisKey> keys, Span<RedisValue> arguments)
    {
        var (key, at) = (0, 0);
        for (var i = 0; i < request.Rates.Count; i++)
        {
            var use = request.Rates[i];
            keys[key++] = names.Rate(use);
            arguments[at++] = Gcra.Interval(use.Limit);
            arguments[at++] = Gcra.Tolerance(use.Limit);
        }

        for (var i = 0; i < request.Concurrency.Count; i++)
        {
            keys[key++] = names.Slots(request.Concurrency[i]);
            arguments[at++] = request.Concurrency[i].Max;
        }

        for (var i = 0; i < request.Budgets.Count; i++)
        {
            var use = request.Budgets[i];
            keys[key++] = names.Budget(use);
            arguments[at++] = use.Budget.Tokens;
            arguments[at++] = Micros.From(use.Budget.Window);
            arguments[at++] = use.Reserve;
        }

        if (request.Budgets.Count > 0)
        {
            keys[key] = names.Unsettled(request.RequestId);
        }
    }
}
