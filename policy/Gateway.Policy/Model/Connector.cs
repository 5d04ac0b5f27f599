using System.Buffers;

namespace Gateway.Policy.Model;

/// <summary>A governed connection to an outside system. Only what its operations declare can be done with it.</summary>
public sealed record Connector
{
    private readonly PathSiblings[] _siblings = [];

    public required Id<Tenant> Tenant { get; init; }
    public required Id<Connector> Id { get; init; }
    public required ConnectorType Type { get; init; }

    /// <summary>
    /// Scheme, host, port and path prefix, without query or user information. <c>http</c> or <c>https</c>. An MCP connector's is the
    /// endpoint itself.
    /// </summary>
    public required Uri BaseAddress
    {
        get;
        init => (field, Authority) = (value, value?.GetLeftPart(UriPartial.Authority) ?? "");
    }

    /// <summary>Scheme, host and port of the base address, as an intent's target says them.</summary>
    public string Authority { get; private init; } = "";

    public TargetScope Scope { get; init; }

    /// <summary>The system's name, which approval gates match; the connector's own name unless the document says otherwise.</summary>
    public required string TargetSystem { get; init; }

    public DeploymentEnvironment Environment { get; init; }

    /// <summary>
    /// The only hosts that a connection may go to, as <c>host:port</c>; the base address' own unless the document lists more.
    /// </summary>
    public required IReadOnlyList<string> Egress { get; init; }

    /// <summary>Null for a system that takes no credential.</summary>
    public CredentialUse? Credential { get; init; }

    /// <summary>
    /// In the order of the document, an MCP connector's built-in ones behind them. A model connector's come from its type, with its hosted
    /// tools behind them.
    /// </summary>
    public required IReadOnlyList<Operation> Operations
    {
        get;
        init => (field, _siblings) = (value, value is null ? [] : PathSiblings.Of(value));
    }

    /// <summary>How its system compares paths and names. A model provider tells all of them apart.</summary>
    public SystemComparison Compares { get; init; } = SystemComparison.Loose;

    /// <summary>Those that may use all of it without a permission of their own; see <c>ImpliedDocuments</c>.</summary>
    public IReadOnlyList<Id<Agent>> Agents { get; init; } = [];

    /// <summary>Empty for a connector that is no model provider. The first that matches counts.</summary>
    public IReadOnlyList<ModelOffer> Models { get; init; } = [];

    /// <summary>
    /// Tools that the provider itself would run (such as <c>web_search</c>) which may be asked for; nothing unless listed. Each is one of
    /// <see cref="Operations"/> too, without a method: it is judged as itself, and can't be sent by itself.
    /// </summary>
    public IReadOnlyList<string> HostedTools { get; init; } = [];

    /// <summary>What an MCP connector lets through; null for any other.</summary>
    public McpSurface? Mcp { get; init; }

    /// <summary>What becomes of a call with members that its dialect doesn't know. Unset refuses it.</summary>
    public UnknownMembers Unknown { get; init; }

    /// <summary>What the provider may keep for its callers. Unset keeps nothing.</summary>
    public ProviderState ProviderState { get; init; }

    public RateLimit? Rate { get; init; }
    public int? Concurrency { get; init; }
    public required ConnectorTimeouts Timeouts { get; init; }
    public required CircuitBreaker Breaker { get; init; }
    public BodyRetention Bodies { get; init; } = BodyRetention.Nothing;
    public required SourcePosition Source { get; init; }

    /// <summary>What the holes of an operation's path must not take.</summary>
    /// <param name="index">The operation's place among <see cref="Operations"/>.</param>
    public PathSiblings SiblingsOf(int index) => _siblings[index];
}

/// <summary>What language a connector's system speaks, and so which door leads to it.</summary>
public enum ConnectorType
{
    Unspecified = 0,
    OpenAi = 1,
    Anthropic = 2,
    Http = 3,
    Mcp = 4,
}

/// <summary>What becomes of a model call with members that its dialect doesn't know. None of them ever goes out.</summary>
public enum UnknownMembers
{
    /// <summary>The call is refused.</summary>
    Refuse = 0,

    /// <summary>The members are left out, and the answer and the record say so.</summary>
    Drop = 1,
}

/// <summary>Whether a model provider may keep answers, so that a later call goes on from them.</summary>
public enum ProviderState
{
    /// <summary>It is told to keep nothing, and nothing that it keeps can be named.</summary>
    None = 0,

    /// <summary>It may, and each agent can name only what it was given itself.</summary>
    Owned = 1,
}

/// <summary>A family of models that a connector serves.</summary>
/// <param name="Match">A model's name, or its beginning followed by <c>*</c>.</param>
/// <param name="Names">The exact names to list to agents; the match itself when it has no star.</param>
/// <param name="MaxTokens">The most output tokens that one call can use: reserved when a call doesn't say. From 1 to 10,000,000.</param>
public sealed record ModelOffer(string Match, IReadOnlyList<string> Names, int MaxTokens)
{
    /// <summary>
    /// Whether a model asked for is one of these. What a star stands for is written in small letters, so that no spelling of a model that
    /// the provider may take for another one is a model of its own; one with capitals must be among the names.
    /// </summary>
    public bool Fits(ReadOnlySpan<char> model)
    {
        if (!ModelName.IsOne(model))
        {
            return false;
        }

        var isAlike = false;
        for (var i = 0; i < Names.Count; i++)
        {
            if (model.SequenceEqual(Names[i]))
            {
                return true;
            }

            isAlike |= model.Equals(Names[i], StringComparison.OrdinalIgnoreCase);
        }

        return !isAlike && Matches(model) && (!Match.EndsWith('*') || !ModelName.HasCapitals(model[(Match.Length - 1)..]));
    }

    /// <summary>What the document calls a model that fits: its name where that is listed, else the match.</summary>
    public string DeclaredAs(string model)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            if (string.Equals(Names[i], model, StringComparison.Ordinal))
            {
                return model;
            }
        }

        return Match;
    }

    /// <summary>Whether a name is what the match says, or begins so.</summary>
    public bool Matches(ReadOnlySpan<char> name) =>
        Match.EndsWith('*') ? name.StartsWith(Match.AsSpan(0, Match.Length - 1), StringComparison.Ordinal) : name.SequenceEqual(Match);
}

/// <summary>Which texts can be a model's name.</summary>
public static class ModelName
{
    /// <value>Characters.</value>
    public const int MaxLength = 256;

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/@"
    );

    /// <summary>Letters and digits of ASCII, and <c>- _ . : / @</c> between them: nothing that a provider may trim or cut.</summary>
    public static bool IsOne(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= MaxLength
        && !name.ContainsAnyExcept(Allowed)
        && char.IsAsciiLetterOrDigit(name[0])
        && char.IsAsciiLetterOrDigit(name[^1]);

    public static bool HasCapitals(ReadOnlySpan<char> name) => name.ContainsAnyInRange('A', 'Z');
}

/// <summary>How long a connector's system may take.</summary>
/// <param name="Connect">Default 5 s; from 100 ms to 1 min.</param>
/// <param name="Idle">The longest silence, before the answer's head or inside it. Default 60 s; from 100 ms to 10 min.</param>
/// <param name="Total">From sending to the last byte. Default 10 min; from 100 ms to 1 h.</param>
public sealed record ConnectorTimeouts(TimeSpan Connect, TimeSpan Idle, TimeSpan Total)
{
    public static ConnectorTimeouts Default { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(10));
}

/// <summary>When a failing system is left alone, and for how long. After that one request tries it.</summary>
/// <param name="FailureRatio">Opens at this share of failures in the window. Default 0.5; over 0, up to 1.</param>
/// <param name="MinimumRequests">Never opens on fewer in the window. Default 10; from 1 to 100,000.</param>
/// <param name="Window">Default 10 s; from 1 s to 10 min.</param>
/// <param name="OpenFor">Default 5 s; from 100 ms to 10 min.</param>
public sealed record CircuitBreaker(double FailureRatio, int MinimumRequests, TimeSpan Window, TimeSpan OpenFor)
{
    public static CircuitBreaker Default { get; } = new(0.5, 10, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5));
}

/// <summary>What is kept of the bodies of a connector's calls, apart from the journal, and for how long.</summary>
/// <param name="Retention">Default 30 d; from 1 d to 3,650 d. Zero where nothing is kept.</param>
public sealed record BodyRetention(BodyForm Form, TimeSpan Retention)
{
    public static readonly TimeSpan DefaultRetention = TimeSpan.FromDays(30);

    /// <summary>The journal's digests only.</summary>
    public static BodyRetention Nothing { get; } = new(BodyForm.Digest, TimeSpan.Zero);
}

/// <summary>In which form a body is kept. Unset keeps none.</summary>
public enum BodyForm
{
    /// <summary>Not at all: the journal's record has its digest.</summary>
    Digest = 0,

    /// <summary>Without what the redactor finds.</summary>
    Redacted = 1,

    /// <summary>As it arrived.</summary>
    Full = 2,
}
