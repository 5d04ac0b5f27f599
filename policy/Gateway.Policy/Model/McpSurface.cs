using System.Buffers;
using System.Collections.Frozen;
using System.Text.Unicode;

namespace Gateway.Policy.Model;

/// <summary>
/// What an MCP connector lets through. Names are found without an allocation; what isn't declared is found nowhere. Which of it an agent
/// may use is in its permissions. Immutable.
/// </summary>
public sealed class McpSurface
{
    /// <value>Characters of a tool's or a prompt's name.</value>
    public const int MaxName = 128;

    /// <value>5 min: how old a definition may be that a call rests on.</value>
    public static readonly TimeSpan UsualAge = TimeSpan.FromMinutes(5);

    /// <summary>Headers of the protocol that go on, in lower case.</summary>
    public static IReadOnlyList<string> RequestHeaders { get; } =
    ["accept", "last-event-id", "mcp-method", "mcp-name", "mcp-protocol-version", "mcp-session-id"];

    /// <summary>Headers that come back as they are, in lower case. A session's id never does.</summary>
    public static IReadOnlyList<string> ResponseHeaders { get; } = ["retry-after"];

    private readonly FrozenDictionary<string, Operation> _tools;
    private readonly FrozenDictionary<string, Operation> _prompts;
    private readonly FrozenDictionary<string, Operation> _addresses;
    private readonly Operation[] _patterns;

    /// <param name="operations">The connector's, each with its <see cref="Operation.Mcp"/> and the two built-in ones among them.</param>
    /// <exception cref="ArgumentException">Two are the same tool, prompt or address, or a built-in one is missing.</exception>
    public McpSurface(IReadOnlyList<Operation> operations)
    {
        _tools = ByName(operations, McpKind.Tool);
        _prompts = ByName(operations, McpKind.Prompt);
        Operation[] resources = [.. operations.Where(o => o.Mcp?.Kind == McpKind.Resource)];
        _addresses = ByName([.. resources.Where(o => o.Mcp!.IsOne)], McpKind.Resource);
        _patterns = [.. resources.Where(o => !o.Mcp!.IsOne)];
        Session = BuiltIn(operations, McpKind.Session);
        List = BuiltIn(operations, McpKind.List);
    }

    /// <summary>The operation <c>mcp.session</c>.</summary>
    public Operation Session { get; }

    /// <summary>The operation <c>mcp.list</c>.</summary>
    public Operation List { get; }

    /// <summary>What the server may ask of the client.</summary>
    public ServerRequests ServerRequests { get; init; }

    /// <summary>Lower-case hosts that an elicited URL may name, by https.</summary>
    public FrozenSet<string> ElicitationHosts { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Identifiers of the extensions that both sides may declare.</summary>
    public FrozenSet<string> Extensions { get; init; } = FrozenSet<string>.Empty;

    /// <summary>How old a definition may be that a call rests on; from 10 s to 1 h.</summary>
    public TimeSpan DefinitionsAge { get; init; } = UsualAge;

    /// <summary>SHA-256 over the UTF-8 of the only instructions that the agent gets; null for none.</summary>
    public Sha256Digest? InstructionsPin { get; init; }

    /// <summary>Whether a definition must be pinned. Elsewhere the one that is seen first is.</summary>
    /// <param name="environment">The action's. Unset is the strictest.</param>
    public static bool NeedsPin(DeploymentEnvironment environment) =>
        environment is not (DeploymentEnvironment.Development or DeploymentEnvironment.Test);

    /// <summary>Null for a tool that isn't declared.</summary>
    public Operation? Tool(ReadOnlySpan<char> name) => Find(_tools, name);

    /// <param name="name">UTF-8, without escapes.</param>
    public Operation? Tool(ReadOnlySpan<byte> name)
    {
        Span<char> text = stackalloc char[MaxName];
        return TryDecode(name, text, out var length) ? Tool(text[..length]) : null;
    }

    /// <summary>Null for a prompt that isn't declared.</summary>
    public Operation? Prompt(ReadOnlySpan<char> name) => Find(_prompts, name);

    /// <param name="name">UTF-8, without escapes.</param>
    public Operation? Prompt(ReadOnlySpan<byte> name)
    {
        Span<char> text = stackalloc char[MaxName];
        return TryDecode(name, text, out var length) ? Prompt(text[..length]) : null;
    }

    /// <summary>Null for a resource that isn't declared. Of two operations none fits the same address: that is refused at load.</summary>
    /// <param name="address">As the request has it, not decoded.</param>
    public Operation? Resource(ReadOnlySpan<char> address)
    {
        if (Find(_addresses, address) is { } one)
        {
            return one;
        }

        foreach (var operation in _patterns)
        {
            if (operation.Mcp!.Pattern!.Matches(address))
            {
                return operation;
            }
        }

        return null;
    }

    /// <param name="address">UTF-8, without escapes.</param>
    public Operation? Resource(ReadOnlySpan<byte> address)
    {
        Span<char> text = stackalloc char[ResourcePattern.MaxLength];
        return TryDecode(address, text, out var length) ? Resource(text[..length]) : null;
    }

    /// <summary>
    /// The operation that fits each address that a listed template stands for; null where there is none, or not for all of them.
    /// </summary>
    /// <param name="template">As the server lists it, or as a client names it to have it completed.</param>
    public Operation? Template(string template)
    {
        if (!ResourceTemplate.TryRead(template, out var stands))
        {
            return null;
        }

        foreach (var operation in _patterns)
        {
            if (operation.Mcp!.Pattern!.Covers(stands!))
            {
                return operation;
            }
        }

        return null;
    }

    private static Operation? Find(FrozenDictionary<string, Operation> all, ReadOnlySpan<char> name) =>
        all.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var found) ? found : null;

    /// <summary>False for what isn't UTF-8 and for more than there is room for: neither can be declared.</summary>
    private static bool TryDecode(ReadOnlySpan<byte> utf8, Span<char> text, out int length) =>
        Utf8.ToUtf16(utf8, text, out _, out length, replaceInvalidSequences: false) == OperationStatus.Done;

    private static FrozenDictionary<string, Operation> ByName(IReadOnlyList<Operation> operations, McpKind kind) =>
        operations.Where(o => o.Mcp?.Kind == kind).ToFrozenDictionary(o => o.Mcp!.Name, StringComparer.Ordinal);

    private static Operation BuiltIn(IReadOnlyList<Operation> operations, McpKind kind) =>
        operations.FirstOrDefault(o => o.Mcp?.Kind == kind)
        ?? throw new ArgumentException($"There is no operation of the kind {kind}.", nameof(operations));
}
