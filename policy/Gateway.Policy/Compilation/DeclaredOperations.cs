using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>Which operations there are, to check the names of operations against.</summary>
internal sealed class DeclaredOperations
{
    private readonly GovernanceDocuments _documents;
    private readonly Dictionary<(Id<Tenant>, Id<Connector>), HashSet<string>> _byConnector = [];
    private readonly Dictionary<Id<Tenant>, HashSet<string>> _byTenant = [];

    public DeclaredOperations(GovernanceDocuments documents)
    {
        _documents = documents;
        foreach (var connector in documents.Of<Connector>())
        {
            var names = connector.Operations.Select(o => o.Id.ToString()).ToHashSet(StringComparer.Ordinal);
            _byConnector[(connector.Tenant, connector.Id)] = names;
            if (!_byTenant.TryGetValue(connector.Tenant, out var all))
            {
                _byTenant[connector.Tenant] = all = new HashSet<string>(StringComparer.Ordinal);
            }

            all.UnionWith(names);
        }
    }

    public void Check(Reference reference, ErrorList errors)
    {
        if (reference.Connectors.Any(c => !_byConnector.ContainsKey((reference.Tenant, c))) || HasBrokenConnector(reference))
        {
            return; // The connector itself is missing or has errors, and that is reported.
        }

        var known =
            reference.Connectors.Count == 0
                ? _byTenant.GetValueOrDefault(reference.Tenant) ?? []
                : reference.Connectors.SelectMany(c => _byConnector[(reference.Tenant, c)]).ToHashSet(StringComparer.Ordinal);
        if (!known.Contains(reference.Name))
        {
            var where = reference.Connectors.Count == 1 ? $"The connector '{reference.Connectors[0]}' has" : "The connectors have";
            ReferenceCheck.Report(reference, $"{where} no operation '{reference.Name}'.", known, errors);
        }
    }

    /// <summary>For a name that any connector may have: one that couldn't be read might.</summary>
    private bool HasBrokenConnector(Reference reference) =>
        reference.Connectors.Count == 0
        && _documents
            .NamesOf(DocumentKinds.Connector, reference.Tenant)
            .Any(name => !_byConnector.ContainsKey((reference.Tenant, Id<Connector>.Parse(name))));
}
