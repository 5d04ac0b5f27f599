namespace Gateway.Connectors.Mcp.Messages;

/// <summary>
/// One request and what comes back for it: which message is its answer, and that there is only one. Not thread-safe; it keeps nothing but
/// the id.
/// </summary>
/// <param name="id">The request's, as it stands in its message.</param>
public sealed class McpExchange(ReadOnlySpan<byte> id)
{
    private readonly byte[] _id = id.ToArray();

    /// <summary>Whether the answer has come.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>Where a server's message belongs. Ids are compared by value: a server may escape a string in another way.</summary>
    /// <param name="text">What the message was read from.</param>
    public AnswerPlace Take(in McpAnswer answer, ReadOnlySpan<byte> text)
    {
        if (answer.Kind is MessageKind.Request or MessageKind.Notification)
        {
            return AnswerPlace.Aside;
        }

        if (answer.Kind is MessageKind.None)
        {
            return AnswerPlace.Unknown;
        }

        if (!answer.Id.IsPresent)
        {
            return AnswerPlace.Unaddressed;
        }

        if (_id.Length == 0 || !answer.Id.ValueEquals(text, _id))
        {
            return AnswerPlace.Unknown;
        }

        var place = IsAnswered ? AnswerPlace.Again : AnswerPlace.Answer;
        IsAnswered = true;
        return place;
    }
}

/// <summary>Where a server's message belongs, seen from one request.</summary>
public enum AnswerPlace
{
    /// <summary>It answers another request, or none that was sent: never the client's to see as this one's.</summary>
    Unknown = 0,

    /// <summary>The request's answer.</summary>
    Answer,

    /// <summary>A second answer to the same request: a client takes the first or the last, as it likes.</summary>
    Again,

    /// <summary>A notification, or a request of the server's.</summary>
    Aside,

    /// <summary>An error that says not what it answers; the server couldn't read the request.</summary>
    Unaddressed,
}
