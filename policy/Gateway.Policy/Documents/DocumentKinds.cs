using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>The kinds of documents there are, and how they are named.</summary>
internal static class DocumentKinds
{
    public const string Tenant = "Tenant";
    public const string Workspace = "Workspace";
    public const string Agent = "Agent";
    public const string Connector = "Connector";

    public const string Profile = "Profile";
    public const string Policy = "Policy";
    public const string ApprovalGate = "ApprovalGate";
    public const string ApproverGroup = "ApproverGroup";
    public const string Trigger = "Trigger";
    public const string Kill = "Kill";
    public const string NotificationChannel = "NotificationChannel";

    /// <summary>In the order of the documentation.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        Tenant,
        Workspace,
        Agent,
        Connector,
        "ToolPermission",
        ApprovalGate,
        ApproverGroup,
        NotificationChannel,
        "DataFlow",
        "Playbook",
        "RedTeamTest",
        "Risk",
        "Finding",
        Profile,
        Policy,
        Trigger,
        Kill,
    ];

    public static FieldFormat<string> Format { get; } =
        new(
            "a kind of document",
            Agent,
            (string text, out string value) =>
            {
                value = text;
                return Names.Contains(text);
            },
            value => value
        )
        {
            Words = Names,
        };
}

/// <summary>What every document begins with.</summary>
/// <param name="Source">Where the document begins.</param>
internal sealed record DocumentHeader(string Kind, Id<Tenant> Tenant, Id<DocumentHeader> Name, SourcePosition Source)
{
    /// <summary>The document's name as the name of what it describes.</summary>
    public Id<T> NameAs<T>() => Id<T>.TryParse(Name.ToString(), out var id) ? id : default;
}
