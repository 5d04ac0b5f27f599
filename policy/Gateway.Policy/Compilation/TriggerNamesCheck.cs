using System.Globalization;
using Gateway.Cel.Text;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>
/// The agents that a trigger names must exist in its tenant: one with a misspelt name would watch nobody, and nobody would notice. No
/// references, since those would make every change of any agent a change of all.
/// </summary>
internal static class TriggerNamesCheck
{
    /// <param name="agents">The names of a tenant's agents; asked for only where a trigger names one.</param>
    public static void Run(GovernanceDocuments documents, Func<Id<Tenant>, IEnumerable<string>> agents, ErrorList errors)
    {
        foreach (var triggers in documents.Of<Trigger>().Where(trigger => trigger.Agents.Count > 0).GroupBy(trigger => trigger.Tenant))
        {
            var known = agents(triggers.Key).ToHashSet(StringComparer.Ordinal);
            foreach (var trigger in triggers)
            {
                for (var i = 0; i < trigger.Agents.Count; i++)
                {
                    var name = trigger.Agents[i].ToString();
                    if (!known.Contains(name))
                    {
                        errors.Add(
                            trigger.AgentsAt[i],
                            string.Create(CultureInfo.InvariantCulture, $"spec.agents[{i}]"),
                            $"There is no Agent '{name}' of this tenant.",
                            NearestName.Find(name, known) is { } nearest ? $"Did you mean '{nearest}'?" : "Declare it, or correct the name."
                        );
                    }
                }
            }
        }
    }
}
