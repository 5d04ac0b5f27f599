using Gateway.Authoring.Changes;
using Gateway.Policy.Actions;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Comparison;

/// <summary>One way of asking, once for each amount that a limit of either snapshot names.</summary>
internal sealed class AmountProbes(TenantSnapshot? before, TenantSnapshot? after)
{
    public IEnumerable<AccessProbe> Of(Intent intent, List<AgentDossier> dossiers)
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
