namespace Gateway.Policy.Model;

/// <summary>That an agent may move these classes of data to this connector's system.</summary>
public sealed record DataFlow
{
    public required Id<Tenant> Tenant { get; init; }
    public required string Name { get; init; }
    public required Id<Agent> Agent { get; init; }
    public required Id<Connector> Connector { get; init; }
    public required DataClasses Data { get; init; }
    public required SourcePosition Source { get; init; }
}
