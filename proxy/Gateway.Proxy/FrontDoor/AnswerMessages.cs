using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Proxy.FrontDoor;

/// <summary>
/// Reads an answer message by message, where a door's protocol is made of messages: each goes on as it came, changed, or not at all. One
/// instance an answer; not thread-safe.
/// </summary>
public abstract class AnswerMessages
{
    /// <summary>
    /// Whether a stream may end here: its answer is there, or its protocol lets the caller ask for the rest later.
    /// </summary>
    public abstract bool MayEnd { get; }

    /// <summary>Why an answer doesn't go on, by its status alone; null where its messages decide.</summary>
    public abstract Refusal? RefusalOf(int status);

    /// <summary>A header that goes on with another value than the system's; null for none.</summary>
    public abstract KeyValuePair<string, string>? HeaderOf(HttpResponseMessage answer);

    /// <summary>The id of an event as it goes on; empty where it doesn't, null where it goes on as it is.</summary>
    public virtual string? EventIdOf(ReadOnlySpan<byte> id) => null;

    /// <summary>One message: a whole body, or the data of one event.</summary>
    /// <param name="message">Valid during the call; what is given back may be a part of it.</param>
    /// <param name="isEvent">Whether it is the data of an event, with others before or behind it.</param>
    /// <param name="reduce">What obligations demand of the answer; null for nothing.</param>
    public abstract Result<AnswerMessage> Read(int status, ReadOnlyMemory<byte> message, bool isEvent, MessageReduction? reduce);
}

/// <summary>What becomes of a message.</summary>
/// <param name="Bytes">What goes on in its place; the message itself where nothing was changed.</param>
public sealed record AnswerMessage(StreamEvent What, ReadOnlyMemory<byte> Bytes)
{
    public static AnswerMessage Dropped { get; } = new(StreamEvent.Drop, default);
}

/// <summary>Meets what obligations demand of one part of a message.</summary>
public abstract class MessageReduction
{
    /// <summary>Whether arrays are to be cut, which only the part that has the rows can show to be met.</summary>
    public abstract bool LimitsRows { get; }

    /// <summary>Whether members are to be replaced by where they stand.</summary>
    public abstract bool NamesFields { get; }

    /// <summary>Replaces what patterns find anywhere in JSON text; false where that can't be done.</summary>
    public abstract bool TryRedact(ReadOnlyMemory<byte> json, out ReadOnlyMemory<byte> redacted);

    /// <summary>Cuts arrays and replaces members and finds in a value of its own; false where that can't be done.</summary>
    public abstract bool TryReduce(ReadOnlyMemory<byte> json, out ReadOnlyMemory<byte> reduced);
}
