using Gateway.Connectors.Contracts;
using Gateway.Connectors.Redaction;
using Gateway.Policy.Model;
using Gateway.Proxy.Decisions;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Obligations;

/// <summary>
/// An action while its obligations are met: at first as it was asked for. Nothing of the request itself changes before all of them are. One
/// request only.
/// </summary>
internal sealed class ReducedAction(Judgement judgement)
{
    public Judgement Judgement => judgement;

    public ParsedRequest Asked => judgement.Read;

    public ActionCall Call => (ActionCall)judgement.Read.Envelope.Call;

    /// <summary>Without the digest of <see cref="Content"/>.</summary>
    public Intent Intent { get; set; } = judgement.Read.Intent;

    public Operation Operation { get; set; } = judgement.Read.Operation;

    public OutgoingHeaders Headers { get; set; } = judgement.Read.Headers;

    public BodyReading Reading { get; set; } = judgement.Read.Reading;

    public ReadOnlyMemory<byte> Content { get; set; } = judgement.Read.Body.Content;

    /// <summary>Whether more than a cap changed, so that the decision must be shown to cover it.</summary>
    public bool IsAnother { get; set; }

    /// <summary>What was replaced in the request.</summary>
    public RedactionCounts Redacted { get; set; }

    /// <summary>In the order of meeting them.</summary>
    public List<string> Met { get; } = new(4);

    /// <summary>The action as it may go out.</summary>
    public Intent Conclude()
    {
        var isAsArrived = Content.Equals(Asked.Body.Content);
        if (isAsArrived && ReferenceEquals(Intent, Asked.Intent))
        {
            return Intent;
        }

        var digest = isAsArrived ? Asked.Body.Digest : Sha256Digest.Compute(Content.Span);
        return Intent with
        {
            Target = Intent.Target with { Content = digest },
            Arguments = Intent.Arguments.IsEmpty ? default : Content[Call.ArgumentsIn(Content.Span)],
        };
    }
}
