using Gateway.Authoring.Changes;
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
    public IEnumerable<AccessProbe> For(Id<Agent> agent)
    {
        var dossiers = new[] { before, after }.Select(tenant => tenant?.Agents.GetValueOrDefault(agent)).OfType<AgentDossier>().ToList();
        foreach (var workspace in dossiers.Select(d => d.Agent.Workspace).Distinct())
        {
            foreach (var (connector, operation) in Operations())
            {
                foreach (var door in Doors(connector.Type))
                {
                    foreach (var strength in (AuthStrength[])[AuthStrength.Signed, AuthStrength.Bearer])
                    {
                        foreach (var probe in WithAmounts(Intent(workspace, agent, connector, operation, door, strength), dossiers))
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

    private static Door[] Doors(ConnectorType type) =>
        type switch
        {
            ConnectorType.OpenAi => [Door.OpenAi, Door.Tool],
            ConnectorType.Anthropic => [Door.Anthropic, Door.Tool],
            ConnectorType.Http or ConnectorType.Unspecified => [Door.Tool],
        };

    private static Intent Intent(
        Id<Workspace> workspace,
        Id<Agent> agent,
        Connector connector,
        Operation operation,
        Door door,
        AuthStrength strength
    ) =>
        new()
        {
            Tenant = connector.Tenant,
            Workspace = workspace,
            Agent = agent,
            Strength = strength,
            Door = door,
            Connector = connector.Id,
            Operation = operation.Id,
            Model = connector.Models is [var offer, ..]
                ? offer.Names is [var name, ..]
                    ? name
                    : offer.Match.TrimEnd('*')
                : null,
            Data = DataClasses.None, // The operation's own count in each snapshot as it says there.
            Environment = DeploymentEnvironment.Development,
            Target = new IntentTarget(
                operation.Methods is [var method, ..] ? method : "POST",
                connector.BaseAddress.GetLeftPart(UriPartial.Authority),
                operation.Path.ToString(),
                default,
                Sha256Digest.Compute([])
            ),
        };

    private IEnumerable<AccessProbe> WithAmounts(Intent intent, List<AgentDossier> dossiers)
    {
        var limits = Limits(intent, dossiers).Distinct().ToList();
        if (limits.Count == 0)
        {
            yield return new AccessProbe(intent, null);
        }

        foreach (var limit in limits)
        {
            // Every other amount is within its own limit, so that this one alone decides.
            var asked = limits.Append(limit).Select(l => new SetAmount(l, ""));
            yield return new AccessProbe(
                asked.Aggregate(intent, (all, amount) => amount.Apply(all)),
                MinorUnits.Text(limit.Max, limit.Decimals)
            );
        }
    }

    private IEnumerable<TransactionLimit> Limits(Intent intent, List<AgentDossier> dossiers)
    {
        var ofOperation = new[] { before, after }.Select(tenant =>
            tenant?.Connectors.GetValueOrDefault(intent.Connector)?.Operations.FirstOrDefault(o => o.Id == intent.Operation)?.Transaction
        );
        var ofPermission = dossiers.Select(d => d.Permissions.GetValueOrDefault((intent.Connector, intent.Operation))?.Transaction);
        return ofOperation.Concat(ofPermission).OfType<TransactionLimit>();
    }
}
