namespace Gateway.Policy.Model;

/// <summary>
/// A sensitive capability. Whoever uses it needs its tenant's entitlement as well as a role or a permission of his own, administrators
/// included: nobody's role is asked here.
/// </summary>
public enum Entitlement
{
    /// <summary>None that there is: nobody has it.</summary>
    Unspecified = 0,

    /// <summary>Reading kept bodies.</summary>
    Bodies = 1,

    /// <summary>Taking evidence along in packs.</summary>
    Export = 2,

    /// <summary>Judging recorded actions by other documents.</summary>
    Simulation = 3,

    /// <summary>Going on in an emergency without the approvals that are asked for.</summary>
    BreakGlass = 4,

    /// <summary>Tools that a model provider runs.</summary>
    HostedTools = 5,

    /// <summary>Connectors that can reach addresses that aren't public; <see cref="WideEgress"/> says which can.</summary>
    WideEgress = 6,
}

/// <summary>What a tenant is entitled to. The zero value is nothing.</summary>
public readonly record struct Entitlements
{
    private readonly uint _granted;

    private Entitlements(uint granted) => _granted = granted;

    public static Entitlements Of(IEnumerable<Entitlement> granted)
    {
        ArgumentNullException.ThrowIfNull(granted);
        return new(granted.Aggregate(0u, (all, one) => all | Bit(one)));
    }

    public bool Include(Entitlement entitlement) => (_granted & Bit(entitlement)) != 0;

    private static uint Bit(Entitlement entitlement) =>
        entitlement is > Entitlement.Unspecified and <= Entitlement.WideEgress ? 1u << (int)entitlement : 0;
}

/// <summary>Why a capability isn't used: its tenant isn't entitled to it. Names the line that would entitle it.</summary>
/// <param name="Document">The tenant's; null where there is none.</param>
public sealed record MissingEntitlement(Id<Tenant> Tenant, Entitlement Needed, SourcePosition? Document)
{
    /// <summary>As documents write it.</summary>
    public string Word => Vocabulary.Entitlement.Text(Needed);

    public string Problem => $"The tenant '{Tenant}' isn't entitled to '{Word}': {Meaning}.";

    public string Remedy =>
        Document is { } written && written != default && written.File[0] != '('
            ? $"Add '{Word}' to the spec of its Tenant document, at {written}: 'entitlements: [{Word}]'."
            : $"Add a document 'kind: Tenant' with 'metadata: {{name: {Tenant}}}' and 'spec: {{entitlements: [{Word}]}}'.";

    private string Meaning =>
        Needed switch
        {
            Entitlement.Bodies => "reading kept bodies",
            Entitlement.Export => "packs of what is on record",
            Entitlement.Simulation => "judging recorded actions by other documents",
            Entitlement.BreakGlass => "going on in an emergency without approval",
            Entitlement.HostedTools => "tools that a model provider runs",
            Entitlement.WideEgress => "connectors that can reach addresses that aren't public",
            Entitlement.Unspecified => "nobody knows it",
        };
}
