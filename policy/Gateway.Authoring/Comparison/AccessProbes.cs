using Gateway.Policy.Actions;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Comparison;

/// <summary>One way in which an agent could ask for an operation.</summary>
/// <param name="Amount">The amount that it asks for, as documents write it; null where no amount is limited.</param>
public sealed record AccessProbe(Intent Intent, string? Amount);

/// <summary>
/// Every way in which an agent of two snapshots could ask for an operation of either: through each door that leads there, signed and by
/// bearer, and with each amount that a limit of either names.
/// </summary>
internal sealed class AccessProbes(TenantSnapshot? before, TenantSnapshot? after)
{
    private readonly AmountProbes _amounts = new(before, after);

    public IEnumerable<AccessProbe> For(Id<Agent> agent)
    {
        var dossiers = new[] { before, after }.Select(tenant => tenant?.Agents.GetValueOrDefault(agent)).OfType<AgentDossier>().ToList();
        foreach (var workspace in dossiers.Select(d => d.Agent.Workspace).Distinct())
        {
            foreach (var (connector, operation) in Operations())
            {
                foreach (var door in ProbeIntent.Doors(connector.Type))
                {
                    foreach (var strength in (AuthStrength[])[AuthStrength.Signed, AuthStrength.Bearer])
                    {
                        foreach (var probe in _amounts.Of(ProbeIntent.Of(workspace, agent, connector, operation, door, strength), dossiers))
                        {
                            yield return probe;
                        }
                    }
                }
            }
        }
    }

    /// <summary>As either snapshot has them, the later one's where both do.</summary>
    private IEnumerable<(Connector Connector, Operation Operation)> Operations() =>
        from tenant in (TenantSnapshot?[])[after, before]
        where tenant is not null
        from connector in tenant.Connectors.Values
        from operation in connector.Operations
        group (connector, operation) by (connector.Id, operation.Id) into same
        orderby same.Key.Item1.ToString(), same.Key.Item2.ToString()
        select same.First();
}
