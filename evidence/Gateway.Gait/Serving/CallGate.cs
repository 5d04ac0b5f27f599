using Gateway.Evidence.Signing;
using Gateway.Gait.Adapters;
using Gateway.Gait.Governing;
using Gateway.Gait.Traces;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;

namespace Gateway.Gait.Serving;

/// <summary>
/// Judges tool calls of any known shape by one policy, and by an agent's governance where one is given, and signs a trace of each. Decides
/// only; the stricter counts. What a rule asks for that isn't checked here (limits, delegation, brokers) makes an allow a block.
/// </summary>
/// <param name="digest">What traces say that a call was judged by: the policy's, bound to the governance where there is one.</param>
public sealed class CallGate(RulePolicy policy, Sha256Digest digest, Ed25519PrivateKey key, TraceFolder traces, TimeProvider time)
{
    private const string Producer = "gateway";

    private readonly RuleEngine _engine = new(policy);

    /// <summary>As which agent each call is judged too; null for by the policy alone.</summary>
    public GovernedAgent? Governed { get; init; }

    /// <summary>Whether the context must be in the call, as production asks.</summary>
    public bool ExplicitContext { get; init; }

    /// <summary>The emergency stops' file, read for each call; null where there are none.</summary>
    public string? KillSwitchFile { get; init; }

    /// <exception cref="CallRefusedException">The call can't be read, and the policy doesn't say that such calls are blocked.</exception>
    /// <exception cref="IOException">The trace couldn't be written: there is no decision.</exception>
    public async Task<CallDecision> DecideAsync(string adapter, byte[] call, string runId, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var read = ToolCallAdapters.Read(adapter, call, new ToolCallOptions(ExplicitContext));
        var outcome = _engine.Evaluate(read, Facts(call));
        if (outcome.Errors.Count > 0)
        {
            throw new CallRefusedException([
                .. outcome.Errors.Select(error => error.Field.Length > 0 ? $"{error.Field}: {error.Problem}" : error.Problem),
            ]);
        }

        GovernedVerdict? governed = null;
        var subject = read.TryGet(out var intent)
            ? BoundSubject.Bind(TraceSubject.FromIntent(intent, digest, outcome, Producer), runId, intent)
            : TraceSubject.FromUnreadable(call, digest, outcome, Producer) with
            {
                RunId = runId,
            };
        if (Governed is not null && intent is not null)
        {
            governed = Governed.Judge(intent, time.GetUtcNow());
            subject = BoundSubject.Tighten(subject, governed);
        }

        subject = subject with { ObservedAt = time.GetUtcNow() };
        var elapsed = time.GetElapsedTime(start).TotalMilliseconds;
        var (trace, file) = await traces.AppendAsync(subject, key, cancellationToken);
        return new CallDecision(adapter, subject, file, trace.TraceId, elapsed) { Governed = governed };
    }

    private RuleFacts Facts(byte[] call) =>
        new()
        {
            Now = time.GetUtcNow(),
            KillSwitch = KillSwitchFile is null ? KillSwitch.NotUsed : FactFiles.ReadStops(KillSwitchFile),
            Mcp = policy.McpTrust is { } trust ? new McpCall(McpServerReader.Read(call), FactFiles.ReadTrust(trust.Snapshot)) : null,
        };
}
