using Gateway.Connectors.Redaction;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Responses;

/// <summary>
/// What the obligations demand of an answer: first its arrays are cut, then its text is redacted. Anything but JSON can't be reduced.
/// </summary>
internal sealed record AnswerReduction(RedactionTerms? Redaction, TermSet<RowLimit> Rows)
{
    /// <summary>Null where nothing is demanded.</summary>
    public static AnswerReduction? Of(Policy.Model.Obligations obligations) =>
        obligations.RedactResponse is null && obligations.RowLimits.Count == 0
            ? null
            : new(obligations.RedactResponse, obligations.RowLimits);

    /// <summary>False where it can't be met: the answer must not go on.</summary>
    /// <param name="redacted">What was replaced.</param>
    /// <param name="status">An answer that tells of a failure needn't have the arrays asked for, but then no long ones either.</param>
    public bool TryReduce(ReadOnlyMemory<byte> body, int status, out ReadOnlyMemory<byte> reduced, out RedactionCounts redacted)
    {
        (reduced, redacted) = (body, default);
        if (body.IsEmpty && (Rows.Count == 0 || status >= 400))
        {
            return true;
        }

        if (Rows.Count > 0 && !RowCut.TryCut(body, Rows, out reduced))
        {
            if (status < 400 || !RowCut.IsWithin(body.Span, Rows))
            {
                return false;
            }

            reduced = body;
        }

        return Redaction is null || JsonRedactor.TryRedact(reduced, Redaction, out reduced, out redacted);
    }
}
