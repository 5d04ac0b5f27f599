using System.Diagnostics;
using Gateway.Policy.Model;
using Gateway.Proxy.Decisions;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Obligations;
using Gateway.Proxy.Responses;
using Gateway.Proxy.Telemetry;

namespace Gateway.Proxy.Pipeline;

/// <summary>What the path tells of each request to whoever listens. No header, argument, body or secret is in any of it.</summary>
internal static class Signals
{
    /// <summary>The request has its answer.</summary>
    public static void End(GatewayMetrics metrics, Activity? span, HttpContext http, DoorCall call, ResponseMetadata metadata)
    {
        var reason = metadata.Reason == ReasonCode.None ? "" : Reasons.Of(metadata.Reason).Code;
        var decision = Vocabulary.Verdict.Text(
            reason.Length > 0 && !metadata.LetThrough && metadata.Verdict != Verdict.RequireApproval ? Verdict.Block : metadata.Verdict
        );
        metrics.Decided(decision, reason, Vocabulary.Door.Text(call.Door.Name), metadata.Connector);
        metrics.Redacted(metadata.Redacted);
        if (span is null)
        {
            return;
        }

        span.SetTag("http.response.status_code", http.Response.StatusCode)
            .SetTag("gateway.decision", decision)
            .SetTag("gateway.door", Vocabulary.Door.Text(call.Door.Name))
            .SetTag("gateway.request.id", metadata.RequestId)
            .SetTag("gateway.decision.id", metadata.DecisionId)
            .SetTag("gateway.receipt", metadata.Receipt);
        if (reason.Length > 0)
        {
            span.SetTag("gateway.reason", reason);
        }

        if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            span.SetStatus(ActivityStatusCode.Error).SetTag("error.type", reason.Length > 0 ? reason : "upstream");
        }
    }

    /// <summary>Who asked for what is on the span, where it has no bound to keep.</summary>
    public static void Judged(Activity? span, Judgement judgement)
    {
        var intent = judgement.Read.Intent;
        span?.SetTag("gateway.tenant", intent.Tenant.ToString())
            .SetTag("gateway.agent", intent.Agent.ToString())
            .SetTag("gateway.connector", intent.Connector.ToString())
            .SetTag("gateway.operation", intent.Operation.ToString());
    }

    /// <summary>What is sent on. Null where nobody listens.</summary>
    public static Activity? Upstream(Grant grant)
    {
        var model = grant.Intent.Model;
        var span = RequestSpans.Client(model is null ? "gateway.upstream" : "chat");
        if (span is not null && model is not null)
        {
            span.DisplayName = $"{OperationOf(grant)} {model}";
        }

        return span
            ?.SetTag("gateway.connector", grant.Intent.Connector.ToString())
            .SetTag("server.address", grant.Connector.BaseAddress.Host)
            .SetTag("server.port", grant.Connector.BaseAddress.Port)
            .SetTag("gen_ai.operation.name", model is null ? null : OperationOf(grant))
            .SetTag("gen_ai.provider.name", model is null ? null : Vocabulary.Door.Text(grant.Intent.Door))
            .SetTag("gen_ai.request.model", model);
    }

    /// <summary>An action that went out has ended, one way or another.</summary>
    public static void Sent(GatewayMetrics metrics, Grant grant, Delivery delivery, ResponseMetadata metadata, TimeSpan took)
    {
        metrics.Upstream(metadata.Upstream > TimeSpan.Zero ? metadata.Upstream : took, grant.Intent.Connector.ToString());
        var error =
            delivery.Error != ReasonCode.None ? Reasons.Of(delivery.Error).Code
            : delivery.Status >= 400 ? Status(delivery.Status)
            : "";
        if (Activity.Current is { Kind: ActivityKind.Client } span)
        {
            span.SetTag("http.response.status_code", delivery.Status == 0 ? null : delivery.Status)
                .SetTag("error.type", error.Length > 0 ? error : null)
                .SetTag("gen_ai.usage.input_tokens", delivery.Usage.Input)
                .SetTag("gen_ai.usage.output_tokens", delivery.Usage.Output);
            span.SetStatus(error.Length > 0 ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        }

        if (grant.Intent.Model is not { } model || grant.Judgement.Read.Offer is not { } offer)
        {
            return;
        }

        metrics.ModelCall(
            Vocabulary.Door.Text(grant.Intent.Door),
            OperationOf(grant),
            // Of its document: what the agent wrote where the offer has a star is its own text, and would be read on dashboards.
            offer.DeclaredAs(model),
            took,
            error,
            delivery.Usage.Input,
            delivery.Usage.Output
        );
    }

    /// <summary>OpenTelemetry's word for the operation.</summary>
    private static string OperationOf(Grant grant) =>
        grant.Intent.Operation.ToString() switch
        {
            "embeddings" => "embeddings",
            "completions" => "text_completion",
            _ => "chat",
        };

    private static string Status(int status) => status.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
