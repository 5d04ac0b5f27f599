using Gateway.Connectors.Contracts;
using Gateway.Policy.Actions;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Proxy.FrontDoor;

/// <summary>What a URL asks for, before anything is proven. One that is nothing more than this leads nowhere, and is refused.</summary>
/// <param name="route">For metrics and traces: the path, with names for what callers choose; empty for no door.</param>
/// <param name="hint">What is likely meant, for one that leads nowhere; null where nobody knows.</param>
public class DoorCall(IDoor door, string route, string? hint = null)
{
    public IDoor Door { get; } = door;

    public string? Hint { get; } = hint;

    public string Route { get; } = route;

    /// <summary>Whether the path is no door's.</summary>
    public bool LeadsNowhere => this is not (ActionCall or ReadingCall);

    /// <summary>The call that only reads something of Gateway's own, where that is all that it comes to; null where it acts.</summary>
    /// <param name="tenant">The agent's; null where there is none.</param>
    public virtual ReadingCall? ReadingFor(TenantSnapshot? tenant, Id<Agent> agent) => this as ReadingCall;
}

/// <summary>Asks for an operation of a connector. Which one, its door reads: first from the head, then from the body.</summary>
public abstract class ActionCall(IDoor door, string route) : DoorCall(door, route)
{
    /// <summary>Reads a body once more that obligations have changed; null where none can be.</summary>
    public virtual IIntentReader? Bodies => null;

    /// <summary>Where the arguments stand in a body: what obligations may change. All of it, but where a protocol wraps them.</summary>
    public virtual Range ArgumentsIn(ReadOnlySpan<byte> body) => Range.All;

    /// <summary>
    /// The body as the system knows it, where it names things that the caller knows by other names; the same memory where it names none;
    /// null where it can't be made.
    /// </summary>
    public virtual ReadOnlyMemory<byte>? Outgoing(ReadOnlyMemory<byte> body) => body;

    /// <summary>Why a body that obligations have changed can't go out; null where it can.</summary>
    public virtual string? ProblemOf(ReadOnlyMemory<byte> body) => null;

    /// <summary>What the head alone says of where the call leads, so that only as much is read of its body as may be.</summary>
    public abstract Result<CallTarget> Locate(RequestEnvelope envelope, TenantSnapshot tenant);

    /// <summary>Reads a whole body: strictly, without repairing or guessing.</summary>
    /// <param name="target">What <see cref="Locate"/> gave.</param>
    /// <param name="agent">Whose call it is, proven: for what is the agent's own.</param>
    public abstract Result<CalledOperation> Read(
        CallTarget target,
        RequestEnvelope envelope,
        TenantSnapshot tenant,
        Id<Agent> agent,
        ReadOnlyMemory<byte> body
    );

    /// <summary>The same for a call whose body names something that was written down.</summary>
    public virtual ValueTask<Result<CalledOperation>> ReadAsync(
        CallTarget target,
        RequestEnvelope envelope,
        TenantSnapshot tenant,
        Id<Agent> agent,
        ReadOnlyMemory<byte> body
    ) => new(Read(target, envelope, tenant, agent, body));

    /// <summary>
    /// What is done with a whole answer before any of it goes on: given its status and its body, gives the body that goes on, or why none
    /// does. Null where nothing is.
    /// </summary>
    public virtual Func<int, ReadOnlyMemory<byte>, ValueTask<Result<AnswerBody>>>? KeeperOf(Intent intent, Connector connector) => null;

    /// <summary>How ids in the answer become the agent's own; null where they go on as they come.</summary>
    public virtual Func<string, string>? SealerOf(Intent intent, Connector connector, BodyReading reading) => null;

    /// <summary>How long the call may be silent and may last in all.</summary>
    public virtual ConnectorTimeouts TimeoutsOf(Connector connector) => connector.Timeouts;

    /// <summary>Reads the answer message by message; null where the door's protocol isn't made of messages. One an answer.</summary>
    public virtual AnswerMessages? MessagesOf(Intent intent, Connector connector) => null;

    /// <summary>Reads usage out of the answer; null where there is none in it. One reader an answer.</summary>
    public virtual IResponseReader? AnswerReader(BodyReading reading) => null;
}

/// <summary>
/// Asks for something of Gateway's own: reads it, or takes back what the agent itself asked for. Nothing is sent anywhere.
/// </summary>
public abstract class ReadingCall(IDoor door, string route) : DoorCall(door, route)
{
    /// <param name="agent">Of an agent that may do something at all: nobody else's call comes so far.</param>
    public abstract ValueTask<Result<ReadingAnswer>> AnswerAsync(
        RequestEnvelope envelope,
        TenantSnapshot tenant,
        AgentDossier agent,
        CancellationToken cancellationToken
    );
}

/// <summary>What a call's head says.</summary>
/// <param name="BodyLimit">In bytes.</param>
/// <param name="Connector">Null where the body says which; so with the operation.</param>
/// <param name="PathAndQuery">Under the connector's authority; empty where the body decides.</param>
public sealed record CallTarget(long BodyLimit, Connector? Connector = null, Operation? Operation = null, string PathAndQuery = "")
{
    /// <summary>Such a request has no body; one byte would be too many.</summary>
    public static CallTarget Bodiless => new(BodyLimit: 0);
}

/// <summary>What a call asks to be done.</summary>
/// <param name="PathAndQuery">Where, under the connector's authority.</param>
/// <param name="Arguments">The body where it is JSON; empty where it isn't.</param>
/// <param name="Offer">Null for anything but a model call.</param>
public sealed record CalledOperation(
    Connector Connector,
    Operation Operation,
    string PathAndQuery,
    ReadOnlyMemory<byte> Arguments,
    BodyReading Reading,
    ModelOffer? Offer = null
)
{
    /// <summary>Declared headers that go on with another value than they came with, or with an empty one not at all.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Replaced { get; init; } = [];

    /// <summary>What only an MCP message has; null for any other door.</summary>
    public McpCalled? Mcp { get; init; }

    /// <summary>What was sent and doesn't go on, by the names that the caller is told.</summary>
    public IReadOnlyList<string> Dropped { get; init; } = Reading.Unknown;

    /// <summary>By the ids that the body names: what the provider calls them. Empty where it names none.</summary>
    public IReadOnlyDictionary<string, string> Opened { get; init; } = NoIds;

    public static IReadOnlyDictionary<string, string> NoIds { get; } = new Dictionary<string, string>(0);

    /// <summary>A path under a connector's base address, which may have a path of its own.</summary>
    public static string Join(Uri baseAddress, string path) => baseAddress.AbsolutePath.TrimEnd('/') + path;
}

/// <summary>What a reading call is answered with.</summary>
public sealed record ReadingAnswer(string ContentType, ReadOnlyMemory<byte> Content)
{
    /// <summary>What follows the content as it comes to pass; null where that is all.</summary>
    public IAsyncEnumerable<ReadOnlyMemory<byte>>? Rest { get; init; }

    /// <summary>What the answer holds until it has ended; null for nothing.</summary>
    public IDisposable? Place { get; init; }

    /// <summary>How long the caller would have waited, where that was heeded; null where it wasn't, or wasn't asked.</summary>
    public TimeSpan? Waited { get; init; }
}

/// <summary>What goes on of an answer that was read whole.</summary>
public sealed record AnswerBody(ReadOnlyMemory<byte> Bytes);

/// <summary>What an MCP message asks for beside its operation and its arguments.</summary>
/// <param name="Method">Null for a stream, and for a client's answer to a request of the server's.</param>
/// <param name="Name">What of the server's it names; null for nothing.</param>
/// <param name="Definition">The digest of the definition that the agent was shown; null where there is none.</param>
/// <param name="Mirrored">Headers that go on beside the declared ones, since they say what the body says; in lower case.</param>
public sealed record McpCalled(string? Method, string? Name, Sha256Digest? Definition, IReadOnlyList<string> Mirrored);
