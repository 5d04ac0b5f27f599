using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Gateway.Connectors.Json;

namespace Gateway.Connectors.Mcp.Messages;

/// <summary>
/// Reads the body of one POST as one message of a client: strictly, without repairing or guessing, and without allocating. What two readers
/// could take differently is refused. Pure; never throws on any bytes.
/// </summary>
public static class McpMessageReader
{
    /// <summary>
    /// Reads a whole body. Names are compared exactly; a name of the envelope, of <c>params</c>, of <c>_meta</c> or of what is read inside
    /// of them in another spelling is refused. Which method it is, and what that needs, is <see cref="McpMethods"/>' to say.
    /// </summary>
    /// <param name="message">Where it is false: nothing but <see cref="McpMessage.Id"/> may be read, for the answer to carry; it isn't
    /// present where the body has none that can be trusted.</param>
    /// <param name="isLoose">Whether two names anywhere in the body that differ in case only are one: to any server but one that is
    /// known to compare them exactly.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> body,
        out McpMessage message,
        [NotNullWhen(false)] out McpFault? fault,
        bool isLoose = true
    )
    {
        fault = Read(body, isLoose, readsResult: false, out var kind, out var slices);
        message = new McpMessage(fault is null ? kind : MessageKind.None, in slices);
        return fault is null;
    }

    /// <summary>What a client's message and a server's have in common.</summary>
    internal static McpFault? Read(ReadOnlySpan<byte> text, bool isLoose, bool readsResult, out MessageKind kind, out MemberSlices slices)
    {
        (kind, slices) = (MessageKind.None, default);
        var members = new MemberReader(readsResult);
        if (!TryPass(text, isLoose, MemberScope.Message, ref members))
        {
            return McpFaults.NotJson;
        }

        kind = KindOf(in members.Slices);
        members.Check(text, kind);
        slices = members.Slices;
        if (members.Fault is not null && !TokenText.IsToken(slices[(int)McpMember.Id].Of(text)))
        {
            slices[(int)McpMember.Id] = default;
        }

        return members.Fault;
    }

    /// <summary>A result by itself.</summary>
    internal static McpFault? ReadInner(ReadOnlySpan<byte> text, out MemberSlices slices)
    {
        var members = new MemberReader(readsResult: true);
        var isRead = TryPass(text, isLoose: false, MemberScope.Result, ref members);
        slices = members.Slices;
        return isRead ? members.Fault : McpFaults.NotJson;
    }

    private static bool TryPass(ReadOnlySpan<byte> text, bool isLoose, MemberScope scope, ref MemberReader members)
    {
        scoped StrictJsonReader reader = default;
        try
        {
            reader = new StrictJsonReader(text, stackalloc ulong[StrictJsonReader.ScratchLength], isLoose);
            members.ReadAll(ref reader, scope);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
        finally
        {
            reader.Dispose();
        }
    }

    private static MessageKind KindOf(in MemberSlices slices)
    {
        var has = (
            Id: slices[(int)McpMember.Id].IsPresent,
            Method: slices[(int)McpMember.Method].IsPresent,
            Params: slices[(int)McpMember.Params].IsPresent,
            Result: slices[(int)McpMember.Result].IsPresent,
            Error: slices[(int)McpMember.Error].IsPresent
        );
        return has switch
        {
            { Id: true, Method: true, Result: false, Error: false } => MessageKind.Request,
            { Id: false, Method: true, Result: false, Error: false } => MessageKind.Notification,
            { Id: true, Method: false, Params: false, Result: true, Error: false } => MessageKind.Response,
            { Method: false, Params: false, Result: false, Error: true } => MessageKind.ErrorResponse,
            _ => MessageKind.None,
        };
    }
}
