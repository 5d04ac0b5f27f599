using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>One document as it was read, apart from every other. Immutable, but for its text, which goes once nobody needs it.</summary>
internal sealed class ReadDocument
{
    /// <summary>Its kind, tenant and name, and the digest of its canonical form; null where they can't be read.</summary>
    public GovernedDocument? Governed { get; init; }

    /// <summary>Null for one that has errors, and where nothing stands between two separators.</summary>
    public object? Record { get; init; }

    public required SourcePosition Source { get; init; }

    /// <summary>Where its metadata begin, in the same file.</summary>
    public (int Line, int Column) Metadata { get; init; }

    /// <summary>What it names.</summary>
    public IReadOnlyList<Reference> References { get; init; } = [];

    /// <summary>What is wrong with it; null for one without errors.</summary>
    public DocumentFault? Fault { get; init; }

    /// <summary>Whether it only shadows. It was read as if it was real.</summary>
    public bool IsShadow { get; init; }

    /// <summary>As <see cref="NodeText"/> in UTF-8, where it was asked for and is still needed.</summary>
    public byte[]? Text { get; set; }

    public DocumentKey Key => new(Governed!.Kind, Governed.Tenant, Governed.Name);

    /// <summary>What a shadow takes the place of, or is in the place of: as it is written, be it right or not.</summary>
    public DocumentPlace Place =>
        Fault?.Place
        ?? (
            Governed is { } g
                ? new DocumentPlace(g.Kind, g.Kind == DocumentKinds.Tenant ? "" : g.Tenant.ToString(), g.Name)
                : new DocumentPlace("", "", "")
        );

    /// <summary>
    /// The agent that it is about, where it is about one and names no other: what it says then has no part in what is on record about
    /// others.
    /// </summary>
    public Id<Agent>? Agent { get; init; }

    /// <summary>Its agent for one of a kind that is on record by agent; null for every other.</summary>
    public static Id<Agent>? AgentOf(object? record, IEnumerable<Reference> references)
    {
        Id<Agent>? agent = record switch
        {
            Agent own => own.Id,
            ToolPermission permission => permission.Agent,
            DataFlow flow => flow.Agent,
            Playbook playbook => playbook.Agent,
            RedTeamTest test => test.Agent,
            Finding finding => finding.Agent,
            _ => null,
        };
        return agent is { } id && references.All(r => r.Kind != DocumentKinds.Agent || r.Name == id.ToString()) ? agent : null;
    }
}

/// <param name="Errors">Those of its fields.</param>
internal sealed record DocumentFault(ErrorList Errors, DocumentPlace Place);

/// <summary>Kind, tenant and name as they are written.</summary>
internal sealed record DocumentPlace(string Kind, string Tenant, string Name);
