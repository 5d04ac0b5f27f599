using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Compilation;

/// <summary>Checks documents against each other.</summary>
internal static class DocumentChecks
{
    /// <summary>Null where there is any error.</summary>
    /// <param name="documents">All of a governance; or, where the others were checked already, those that no agent has for itself and all
    /// of some agents.</param>
    /// <param name="agents">The names of a tenant's agents, all of them; null for documents that were in force once. What was judged by
    /// those is judged by them again, though a rule of theirs be about nothing, their tenant not be entitled or a pin be missing.</param>
    public static CheckedDocuments? Run(GovernanceDocuments documents, Func<Id<Tenant>, IEnumerable<string>>? agents, ErrorList errors)
    {
        ReferenceCheck.Run(documents, errors);
        ModelOverlapCheck.Run(documents.Of<Connector>(), errors);
        var grants = PermissionGrants.Resolve(documents, errors);
        CumulativeLimitCheck.Run(documents, grants, errors);
        if (agents is not null)
        {
            RuleNamesCheck.Run(documents, agents, errors);
            TriggerNamesCheck.Run(documents, agents, errors);
            EntitlementCheck.Run(documents, errors);
            McpPinCheck.Run(documents.Of<Connector>(), errors);
        }

        var conditions = PolicyConditions.Compile(documents.Of<NamedPolicy>(), errors);
        return errors.Count > 0 ? null : new CheckedDocuments(documents, grants, conditions);
    }
}

/// <summary>Documents that passed every check together.</summary>
/// <param name="Grants">By tenant and agent.</param>
internal sealed record CheckedDocuments(
    GovernanceDocuments Documents,
    Dictionary<(Id<Tenant>, Id<Agent>), Dictionary<(Id<Connector>, Id<Operation>), ToolPermission>> Grants,
    PolicyConditions Conditions
);
