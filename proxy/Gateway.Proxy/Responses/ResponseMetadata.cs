using System.Globalization;
using Gateway.Connectors.Models;
using Gateway.Connectors.Redaction;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Responses;

/// <summary>What Gateway says of itself on every answer. Filled in along the path; one request only.</summary>
public sealed class ResponseMetadata
{
    /// <summary>Block until something else was decided.</summary>
    public Verdict Verdict { get; set; }

    public required string RequestId { get; init; }

    /// <summary>Null before there is a decision.</summary>
    public string? DecisionId { get; set; }

    /// <summary>The id of a refusal without a decision; null where there is none.</summary>
    public string? RefusalId { get; set; }

    /// <summary>The connector's operation; empty before it is known.</summary>
    public string Operation { get; set; } = "";

    /// <summary>Why it was refused, in the words of whoever wrote the rule or the gate; null for none.</summary>
    public string? Words { get; set; }

    /// <summary>What a refusal says of the action.</summary>
    public RefusedAction Refused =>
        new(RefusalId ?? DecisionId ?? RequestId, DecisionId, Operation.Length > 0 ? $"{Connector}/{Operation}" : null, Words, Verdict);

    /// <summary>Null before there is a record.</summary>
    public string? Receipt { get; set; }

    /// <summary>Why it was refused; none where it wasn't.</summary>
    public ReasonCode Reason { get; set; }

    /// <summary>Whether it was let through: what is refused after that was allowed all the same.</summary>
    public bool LetThrough { get; set; }

    /// <summary>Empty before one is known.</summary>
    public string Connector { get; set; } = "";

    /// <summary>What was replaced, both ways.</summary>
    public RedactionCounts Redacted { get; set; }

    /// <summary>Members of the request that its dialect doesn't know, and that don't go out.</summary>
    public IReadOnlyList<string> Dropped { get; set; } = [];

    /// <value>Times that it was sent to the system behind.</value>
    public int Attempts { get; set; }

    /// <summary>Where the journal has it that the answer's end is on its way; null for nowhere.</summary>
    public int? EndingPlace { get; set; }

    public TimeSpan Policy { get; set; }

    public TimeSpan Upstream { get; set; }

    public TimeSpan Gateway { get; set; }

    /// <summary>A decision was made, and took so long.</summary>
    public void Judged(Verdict verdict, string decisionId, TimeSpan took) => (Verdict, DecisionId, Policy) = (verdict, decisionId, took);

    /// <summary>Called just before the head goes out, over whatever an upstream said under the same names.</summary>
    public void WriteTo(IHeaderDictionary headers)
    {
        headers["Gateway-Decision"] = Vocabulary.Verdict.Text(Verdict);
        headers["Gateway-Request-Id"] = RequestId;
        if (DecisionId is not null)
        {
            headers["Gateway-Decision-Id"] = DecisionId;
        }

        if (Receipt is not null)
        {
            headers["Gateway-Receipt"] = Receipt;
        }

        if (Dropped.Count > 0)
        {
            headers["Gateway-Dropped"] = UnknownFields.Told(Dropped);
        }

        headers["Server-Timing"] = string.Create(
            CultureInfo.InvariantCulture,
            $"gateway;dur={Gateway.TotalMilliseconds:0.###}, policy;dur={Policy.TotalMilliseconds:0.###}, "
                + $"upstream;dur={Upstream.TotalMilliseconds:0.###}"
        );
    }
}
