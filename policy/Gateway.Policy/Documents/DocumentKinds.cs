using System.Collections.Frozen;
using Gateway.Policy.Documents.Kinds;

namespace Gateway.Policy.Documents;

/// <summary>The kinds of documents there are, and what reads the <c>spec</c> of each.</summary>
internal static class DocumentKinds
{
    public const string Tenant = "Tenant";
    public const string Workspace = "Workspace";
    public const string Agent = "Agent";
    public const string Connector = "Connector";

    public const string Profile = "Profile";
    public const string Policy = "Policy";

    /// <summary>In the order of the documentation.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        Tenant,
        Workspace,
        Agent,
        Connector,
        "ToolPermission",
        "ApprovalGate",
        "DataFlow",
        "Playbook",
        "RedTeamTest",
        "Risk",
        "Finding",
        Profile,
        Policy,
    ];

    /// <summary>Makes the record of a document from its header and spec. Never throws; gives nonsense where it reported an error.</summary>
    public static FrozenDictionary<string, Func<DocumentHeader, MappingReader, object>> Readers { get; } =
        new Dictionary<string, Func<DocumentHeader, MappingReader, object>>(StringComparer.Ordinal)
        {
            [Tenant] = TenantDocument.Read,
            [Workspace] = WorkspaceDocument.Read,
            [Agent] = AgentDocument.Read,
            [Connector] = ConnectorDocument.Read,
            ["ToolPermission"] = ToolPermissionDocument.Read,
            ["ApprovalGate"] = ApprovalGateDocument.Read,
            ["DataFlow"] = DataFlowDocument.Read,
            ["Playbook"] = PlaybookDocument.Read,
            ["RedTeamTest"] = RedTeamTestDocument.Read,
            ["Risk"] = FindingDocument.Read,
            ["Finding"] = FindingDocument.Read,
            [Profile] = ProfileDocument.Read,
            [Policy] = PolicyDocument.Read,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static FieldFormat<string> Format { get; } =
        new(
            "a kind of document",
            Agent,
            (string text, out string value) =>
            {
                value = text;
                return Readers.ContainsKey(text);
            },
            value => value
        )
        {
            Words = Names,
        };
}
