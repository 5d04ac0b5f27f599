using System.Runtime.CompilerServices;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Credentials;
using Gateway.Proxy.Evidence;
using Gateway.Proxy.Forwarding;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Obligations;
using Gateway.Proxy.Responses;
using Gateway.Proxy.Telemetry;

namespace Gateway.Proxy.Pipeline;

/// <summary>
/// The last step of the path: sends what was granted, or answers as if, and sees to it that the outcome is recorded before the answer is
/// complete.
/// </summary>
public sealed class Outbound(
    CredentialStage credentials,
    Tripwire tripwire,
    ForwardingStage forwarding,
    EvidenceStage evidence,
    Settlements settlements,
    KillSwitch kills,
    GatewayMetrics metrics,
    TimeProvider time
)
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    internal async ValueTask SendAsync(HttpContext http, Clearance clearance, ResponseMetadata metadata)
    {
        if (clearance.Grant is not { } grant)
        {
            await AnswerAsIfAsync(http, clearance.Judgement, clearance.Intent, metadata);
            return;
        }

        var exchange = new Exchange(grant, credentials, tripwire, kills, evidence, settlements, metadata, ReaderOf(grant), metrics, time);
        Refusal? refusal;
        using var span = Signals.Upstream(grant);
        try
        {
            refusal = await forwarding.SendAsync(http, grant, exchange) ?? exchange.AnswerRefused;
        }
        catch (Exception) when (!exchange.Concluded)
        {
            await exchange.ConcludeAsync(new Delivery(Ending.Failed, 0, ReasonCode.InternalError, 0, null, default));
            throw;
        }

        if (!exchange.Concluded)
        {
            refusal = await ConcludeAsync(
                exchange,
                refusal ?? new Refusal(ReasonCode.InternalError),
                grant.Judgement.Read.Envelope.Lifetime
            );
        }

        if (refusal is { } why)
        {
            await RefusalWriter.WriteAsync(http, grant.Judgement.Read.Envelope.Call.Door, why, grant.Judgement.Decision, metadata);
        }
    }

    /// <summary>There was no answer: records that, and says what the caller is to be told.</summary>
    private static async ValueTask<Refusal> ConcludeAsync(Exchange exchange, Refusal refusal, RequestLifetime lifetime)
    {
        var (ending, reason, _) = lifetime.IsInterrupted
            ? exchange.Interruption()
            : (exchange.MayHaveBeenSent ? Ending.Failed : Ending.Refused, refusal.Reason, null);
        var recorded = await exchange.ConcludeAsync(new Delivery(ending, 0, reason, 0, null, default));
        if (!recorded && exchange.MayHaveBeenSent)
        {
            return new Refusal(ReasonCode.OutcomeUnrecorded);
        }

        return lifetime.Killed ?? refusal;
    }

    private async Task AnswerAsIfAsync(HttpContext http, Decisions.Judgement judgement, Intent intent, ResponseMetadata metadata)
    {
        settlements.Settle(judgement.Admitted, tokensUsed: null);
        var recorded = await evidence.RecordOutcomeAsync(
            judgement,
            new Delivery(Ending.DryRun, 0, ReasonCode.None, 0, null, default),
            metadata,
            credential: null,
            answer: null
        );
        metadata.Gateway = time.GetElapsedTime(judgement.Read.Envelope.Started);
        if (recorded)
        {
            await DryRunAnswer.WriteAsync(http, judgement.Read.Envelope.Call.Door, intent, metadata);
        }
        else
        {
            await RefusalWriter.WriteAsync(
                http,
                judgement.Read.Envelope.Call.Door,
                new Refusal(ReasonCode.EvidenceUnavailable),
                judgement.Decision,
                metadata
            );
        }
    }

    private static IResponseReader? ReaderOf(Grant grant) =>
        (grant.Judgement.Read.Envelope.Call as ActionCall)?.AnswerReader(grant.Reading);
}
