using System.Globalization;
using Gateway.Cel.Text;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Compilation;

/// <summary>
/// What a rule names must exist in its tenant. A rule that is about nothing restricts nothing, and nobody would notice. Names in a rule are
/// exact; a pattern is none.
/// </summary>
internal static class RuleNamesCheck
{
    /// <param name="agents">The names of a tenant's agents; asked for only where a rule names one.</param>
    public static void Run(GovernanceDocuments documents, Func<Id<Tenant>, IEnumerable<string>> agents, ErrorList errors)
    {
        foreach (var policies in documents.Of<NamedPolicy>().GroupBy(policy => policy.Tenant))
        {
            var known = new Known(documents, policies.Key, agents);
            foreach (var policy in policies)
            {
                for (var i = 0; i < policy.Rules.Rules.Count; i++)
                {
                    Check(policy.Rules.Rules[i], i, known, errors);
                }
            }
        }
    }

    private static void Check(RuleDefinition rule, int index, Known known, ErrorList errors)
    {
        void Each(IReadOnlyList<string> names, string field, string kind, Func<IReadOnlySet<string>> of)
        {
            foreach (var name in names)
            {
                if (!of().Contains(name))
                {
                    var place = string.Create(CultureInfo.InvariantCulture, $"rules[{index}].match.{field}");
                    var problem = $"The rule '{rule.Name}' is about the {kind} '{name}', and this tenant has none such.";
                    errors.Add(rule.Position, place, problem, RemedyOf(name, kind, of()));
                }
            }
        }

        Each(rule.Match.Connectors, "connectors", "connector", () => known.Connectors);
        Each(rule.Match.Identities, "identities", "agent", () => known.Agents);
        if (!known.HasBrokenConnector)
        {
            Each(rule.Match.ToolNames, "tool_names", "tool", () => known.Tools);
        }
    }

    private static string RemedyOf(string name, string kind, IReadOnlySet<string> known) =>
        name.AsSpan().ContainsAny("*?[") && kind == "tool" ? "Name each tool, as connector/operation; or its connector in match.connectors."
        : NearestName.Find(name, known) is { } nearest ? $"Did you mean '{nearest}'?"
        : kind == "tool" ? "Name it as connector/operation, declare it, or remove the rule."
        : "Declare it, correct the name, or remove the rule.";

    /// <summary>What one tenant has, each found when it is first asked for.</summary>
    private sealed class Known(GovernanceDocuments documents, Id<Tenant> tenant, Func<Id<Tenant>, IEnumerable<string>> agents)
    {
        private HashSet<string>? _tools;
        private HashSet<string>? _connectors;
        private HashSet<string>? _agents;
        private bool? _isBroken;

        /// <summary>Rules compare them in lower case.</summary>
        public IReadOnlySet<string> Tools =>
            _tools ??= documents
                .Of<Connector>()
                .Where(connector => connector.Tenant == tenant)
                .SelectMany(connector => connector.Operations.Select(operation => Intent.ToolNameOf(connector.Id, operation.Id)))
                .ToHashSet(StringComparer.OrdinalIgnoreCase);

        public IReadOnlySet<string> Connectors =>
            _connectors ??= documents.NamesOf(DocumentKinds.Connector, tenant).ToHashSet(StringComparer.OrdinalIgnoreCase);

        public IReadOnlySet<string> Agents => _agents ??= agents(tenant).ToHashSet(StringComparer.Ordinal);

        /// <summary>One that couldn't be read might have any operation, and its errors are reported.</summary>
        public bool HasBrokenConnector =>
            _isBroken ??= Connectors.Count != documents.Of<Connector>().Count(connector => connector.Tenant == tenant);
    }
}
