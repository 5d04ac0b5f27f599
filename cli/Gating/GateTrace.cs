using Gateway.Cli.Artifacts;
using Gateway.Evidence.Signing;
using Gateway.Gait.Gating;
using Gateway.Gait.Traces;

namespace Gateway.Cli.Gating;

/// <summary>The signed trace of a gate's decision.</summary>
/// <param name="Id">24 hexadecimal digits.</param>
internal sealed record GateTrace(string Id, string Path)
{
    private const string Producer = "gateway";

    /// <summary>Signs what came out in the end, limits and trial included, and puts it at the end of the folder's chain, and where else it
    /// is wanted.</summary>
    /// <exception cref="IOException">It couldn't be written: there is no decision.</exception>
    public static async Task<GateTrace> WriteAsync(
        GateRequest request,
        GateDecision decision,
        Ed25519PrivateKey key,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var subject = request.Intent.TryGet(out var intent)
            ? TraceSubject.FromIntent(intent, request.Policy.Digest, decision.Outcome, Producer)
            : TraceSubject.FromUnreadable(request.IntentBytes.Span, request.Policy.Digest, decision.Outcome, Producer);
        subject = subject with
        {
            Verdict = decision.Verdict,
            ReasonCodes = decision.ReasonCodes,
            Violations = decision.Violations,
            ObservedAt = request.HasGivenTime ? null : time.GetUtcNow(),
        };
        var (trace, file) = await new TraceFolder(request.Traces, time).AppendAsync(subject, key, cancellationToken);
        if (request.TraceCopy is { } copy)
        {
            ArtifactFile.Write(copy, trace.Bytes.Span, secret: true);
        }

        return new GateTrace(trace.TraceId, request.TraceCopy ?? file);
    }
}
