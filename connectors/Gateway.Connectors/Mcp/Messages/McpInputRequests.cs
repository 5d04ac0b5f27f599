using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Gateway.Connectors.Json;

namespace Gateway.Connectors.Mcp.Messages;

/// <summary>Reads what a server asks of the client in <c>inputRequests</c> (modern era), by key.</summary>
public static class McpInputRequests
{
    /// <summary>
    /// Reads them all. False where one can't be read, or asks for what the protocol doesn't know: then none of them may reach the client.
    /// </summary>
    /// <param name="requests">The member's own value (<see cref="McpAnswer.InputRequests"/>), which slices are then of.</param>
    public static bool TryRead(ReadOnlySpan<byte> requests, [NotNullWhen(true)] out IReadOnlyList<McpInputRequest>? read)
    {
        var list = new List<McpInputRequest>();
        scoped StrictJsonReader reader = default;
        try
        {
            reader = new StrictJsonReader(requests, stackalloc ulong[StrictJsonReader.ScratchLength]);
            read = ReadAll(ref reader, requests, list) ? list : null;
        }
        catch (JsonException)
        {
            read = null;
        }
        finally
        {
            reader.Dispose();
        }

        return read is not null;
    }

    private static bool ReadAll(ref StrictJsonReader reader, ReadOnlySpan<byte> requests, List<McpInputRequest> list)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var isFine = true;
        while (reader.ReadName())
        {
            var key = Encoding.UTF8.GetString(reader.Name);
            var members = new MemberReader(readsResult: true);
            reader.Read();
            var act = members.ReadAsked(ref reader) ? ActOf(members.Slices[(int)McpMember.Method], requests) : McpAct.None;
            isFine &= act != McpAct.None;
            list.Add(new McpInputRequest(key, act, in members.Slices));
        }

        return isFine && !reader.Read();
    }

    private static McpAct ActOf(McpSlice method, ReadOnlySpan<byte> requests) =>
        method.TextEquals(requests, "elicitation/create"u8) ? McpAct.Elicit
        : method.TextEquals(requests, "sampling/createMessage"u8) ? McpAct.Sample
        : method.TextEquals(requests, "roots/list"u8) ? McpAct.ListRoots
        : McpAct.None;
}

/// <summary>One thing that a server asks of the client.</summary>
public sealed class McpInputRequest
{
    private readonly MemberSlices _members;

    internal McpInputRequest(string key, McpAct act, in MemberSlices members) => (Key, Act, _members) = (key, act, members);

    /// <summary>By which the client's answer is told from others.</summary>
    public string Key { get; }

    /// <value><see cref="McpAct.Sample"/>, <see cref="McpAct.Elicit"/> or <see cref="McpAct.ListRoots"/>.</value>
    public McpAct Act { get; }

    public McpSlice Params => _members[(int)McpMember.Params];

    /// <summary>Of an elicitation: <c>form</c>, <c>url</c>, or not present, which is <c>form</c>.</summary>
    public McpSlice Mode => _members[(int)McpMember.Mode];

    /// <summary>Where an elicitation sends the user.</summary>
    public McpSlice Url => _members[(int)McpMember.Url];
}
