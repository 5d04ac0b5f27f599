using Gateway.Evidence.Journal;
using Gateway.Policy.Model;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Evidence;

/// <summary>
/// How much a record must survive: a crash of the process always, a loss of power too where the action changes something or its risk is
/// high.
/// </summary>
internal static class Durable
{
    public static Durability For(ParsedRequest read)
    {
        var durability = For(read.Operation);
        foreach (var operation in read.Connector.Operations)
        {
            if (read.Intent.HostedTools.Contains(operation.Id) && For(operation) == Durability.Synced)
            {
                durability = Durability.Synced;
            }
        }

        return durability;
    }

    private static Durability For(Operation operation) =>
        operation is { Action: ActionType.Read, Risk: RiskTier.Low or RiskTier.Medium } ? Durability.Written : Durability.Synced;
}
