using Gateway.Connectors.Contracts;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>The keys and arguments of one settlement, in the order that <see cref="SettleScript"/> reads them.</summary>
internal static class SettleCall
{
    public static (RedisKey[] Keys, RedisValue[] Arguments) Build(AdmissionRequest request, RedisKeys names, long admittedAt, long used)
    {
        var (slots, budgets) = (request.Concurrency.Count, request.Budgets.Count);
        var keys = new RedisKey[1 + slots + budgets + (budgets > 0 ? 1 : 0)];
        var arguments = new RedisValue[4 + (2 * budgets)];
        keys[0] = names.Memory;
        (arguments[0], arguments[1], arguments[2], arguments[3]) = ("settle", request.RequestId, slots, budgets);
        for (var i = 0; i < slots; i++)
        {
            keys[1 + i] = names.Slots(request.Concurrency[i]);
        }

        for (var i = 0; i < budgets; i++)
        {
            var use = request.Budgets[i];
            keys[1 + slots + i] = names.Budget(use);
            arguments[4 + (2 * i)] = BudgetWindow.StartOf(admittedAt, use.Budget);
            arguments[5 + (2 * i)] = use.Charged(used) - use.Reserve;
        }

        if (budgets > 0)
        {
            keys[^1] = names.Unsettled(request.RequestId);
        }

        return (keys, arguments);
    }
}
