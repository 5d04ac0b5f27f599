using Gateway.Policy.Model;

namespace Gateway.Connectors.Contracts;

/// <summary>
/// Something that a provider keeps for one agent and lists for its whole account. It is written down so that the agent can be given a list
/// of its own: one provider key serves many agents.
/// </summary>
/// <param name="Id">The provider's.</param>
/// <param name="Card">A JSON object: what the provider last said of it.</param>
/// <param name="Batch">What it asks for, where it is the input of a batch; null for anything else.</param>
public sealed record OwnedObject(
    Id<Agent> Agent,
    Id<Connector> Connector,
    OwnedKind Kind,
    string Id,
    string Card,
    BatchReading? Batch = null
);

/// <summary>What kind of thing a provider keeps and lists. Numbers are in the store.</summary>
public enum OwnedKind
{
    None = 0,
    File = 1,
    Batch = 2,
}

/// <summary>A page of what one agent has of a kind.</summary>
/// <param name="After">The id behind which the page begins, in its order; null for the first page.</param>
/// <param name="Before">The id before which the page ends; null for none. Not together with <paramref name="After"/>.</param>
/// <param name="Purpose">Of a file; null for any.</param>
/// <param name="Most">Objects at most, from 1.</param>
public sealed record OwnedPage(
    Id<Agent> Agent,
    Id<Connector> Connector,
    OwnedKind Kind,
    string? After,
    string? Before,
    bool OldestFirst,
    string? Purpose,
    int Most
);

/// <summary>What a batch asks for in all: every request of it was read.</summary>
/// <param name="Endpoint">The path that each request would have had, such as <c>/v1/chat/completions</c>.</param>
/// <param name="Model">Of all of them: a batch has one.</param>
/// <param name="Answers">How many answers are asked for.</param>
/// <param name="MaxTokens">Output tokens of one answer at most; null where one of them doesn't say.</param>
/// <param name="LargestTokens">The most that any of them says, thought included.</param>
/// <param name="InputTokens">A rough count, of all.</param>
/// <param name="HostedTools">Types of the tools that the provider itself would run.</param>
public sealed record BatchReading(
    string Endpoint,
    string Model,
    int Answers,
    long? MaxTokens,
    long LargestTokens,
    long InputTokens,
    IReadOnlyList<string> HostedTools
);
