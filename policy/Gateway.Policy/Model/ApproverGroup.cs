namespace Gateway.Policy.Model;

/// <summary>The people who may approve what a gate sends to their group. A group without a document has nobody in it.</summary>
/// <param name="Members">From 1 to 500, each once.</param>
public sealed record ApproverGroup(Id<Tenant> Tenant, string Name, IReadOnlyList<string> Members, SourcePosition Source);
