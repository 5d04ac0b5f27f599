using System.Security.Cryptography;
using System.Text;
using Gateway.Connectors.Mcp.Handles;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Doors.Mcp;

/// <summary>
/// What a server gives out and wants back: its states, its tasks' and events' ids. It knows all agents by one credential, so each is sealed
/// for the agent that it was given to, with the operation that it came of: what comes back with it is judged as that.
/// </summary>
internal sealed class McpSeals(SealedHandles handles, HandleOwner owner, TimeProvider time)
{
    /// <value>How long a session may last; its client begins another behind it.</value>
    public static readonly TimeSpan SessionLife = TimeSpan.FromDays(1);

    /// <value>How long a state may take to come back: a person may have to answer first.</value>
    public static readonly TimeSpan StateLife = TimeSpan.FromMinutes(10);

    /// <value>How long a task can be asked for.</value>
    public static readonly TimeSpan TaskLife = TimeSpan.FromDays(1);

    public string? Session(string id) => Seal(HandleKind.Session, id, [], SessionLife);

    public string? OpenSession(ReadOnlySpan<char> handle) => Open(HandleKind.Session, handle, []);

    /// <summary>A state, good for the same operation with the same arguments.</summary>
    /// <param name="name">What of the server's the message names; empty for nothing.</param>
    public string? State(string state, Id<Operation> operation, string name, ReadOnlySpan<byte> arguments) =>
        Seal(HandleKind.RequestState, state, Binding(operation, name, arguments), StateLife);

    public string? OpenState(ReadOnlySpan<char> handle, Id<Operation> operation, string name, ReadOnlySpan<byte> arguments) =>
        Open(HandleKind.RequestState, handle, Binding(operation, name, arguments));

    /// <param name="isReduced">Whether something was demanded of the answer of the call that made it.</param>
    public string? Task(string id, Id<Operation> operation, bool isReduced) =>
        IsPlain(id) ? Seal(HandleKind.Task, $"{operation}\n{(isReduced ? "reduced" : "")}\n{id}", [], TaskLife) : null;

    /// <summary>The task's id and the operation that made it; null for what is no task of this agent's.</summary>
    public (string Id, string Operation, bool IsReduced)? OpenTask(ReadOnlySpan<char> handle) =>
        Open(HandleKind.Task, handle, []) is { } value && value.Split('\n', 3) is [var operation, var reduced, var id]
            ? (id, operation, reduced.Length > 0)
            : null;

    /// <summary>An event's id, with the operation and the request whose answer its stream still owes.</summary>
    /// <param name="request">The request's id as it stands in its message; empty for a stream that owes none.</param>
    public string? Event(string id, Id<Operation> operation, string request) =>
        IsPlain(id) ? Seal(HandleKind.Event, $"{operation}\n{request}\n{id}", [], SessionLife) : null;

    public (string Id, string Operation, string Request)? OpenEvent(ReadOnlySpan<char> handle) =>
        Open(HandleKind.Event, handle, []) is { } value && value.Split('\n', 3) is [var operation, var request, var id]
            ? (id, operation, request)
            : null;

    private static byte[] Binding(Id<Operation> operation, string name, ReadOnlySpan<byte> arguments) =>
        [.. Encoding.ASCII.GetBytes(operation.ToString()), 0, .. SHA256.HashData(arguments), .. Encoding.UTF8.GetBytes(name)];

    /// <summary>Whether it can stand in a header, where it goes back.</summary>
    private static bool IsPlain(string id) => id.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;

    /// <summary>Null where it is too long to be sealed: then it doesn't go on.</summary>
    private string? Seal(HandleKind kind, string value, ReadOnlySpan<byte> binding, TimeSpan life) =>
        handles.TrySeal(kind, owner, Encoding.UTF8.GetBytes(value), binding, time.GetUtcNow() + life, out var text) ? text : null;

    private string? Open(HandleKind kind, ReadOnlySpan<char> handle, ReadOnlySpan<byte> binding) =>
        handles.TryOpen(kind, owner, handle, binding, time.GetUtcNow(), out var value) ? Encoding.UTF8.GetString(value) : null;
}
