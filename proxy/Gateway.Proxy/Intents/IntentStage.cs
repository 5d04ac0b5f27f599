using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Intents;

/// <summary>
/// The only reader of the body: turns a request into the intent that the rest of the path is about. The call's door says what the bytes
/// mean. Doesn't consult policy, call the network, repair or guess.
/// </summary>
public sealed class IntentStage(BodyReader bodies)
{
    public async ValueTask<Result<ParsedRequest>> ReadAsync(RequestEnvelope envelope, VerifiedAgent agent)
    {
        if (envelope.Snapshot.Find(agent.Tenant) is not { } tenant)
        {
            return envelope.RefusalOf(agent.Tenant);
        }

        if (envelope.Call is not ActionCall call)
        {
            return ReasonCode.UnknownDoor;
        }

        if (!call.Locate(envelope, tenant).TryGet(out var target, out var refusal))
        {
            return refusal;
        }

        if (!(await bodies.ReadAsync(envelope, agent, target.BodyLimit)).TryGet(out var body, out refusal))
        {
            return refusal with { BodyUnproven = true };
        }

        Result<ParsedRequest> parsed = default;
        try
        {
            parsed = (await call.ReadAsync(target, envelope, tenant, agent.Agent, body.Content)).TryGet(out var called, out refusal)
                ? Build(envelope, agent, tenant, called, body)
                : refusal;
            return parsed;
        }
        finally
        {
            // A caller that leaves meanwhile ends it with an exception, too.
            if (!parsed.TryGet(out _, out _))
            {
                body.Dispose();
            }
        }
    }

    /// <summary>What every door's calls have alike.</summary>
    private static Result<ParsedRequest> Build(
        RequestEnvelope envelope,
        VerifiedAgent agent,
        TenantSnapshot tenant,
        CalledOperation called,
        RequestBody body
    )
    {
        if (!tenant.Workspaces.TryGetValue(agent.Workspace, out var workspace))
        {
            return new Refusal(ReasonCode.AgentUnregistered, Note: "the credential's workspace is not declared");
        }

        var sent = called.Operation.Mcp is null
            ? SentParts.ProblemOf(called.Operation, called.PathAndQuery, !body.IsEmpty)
            : SentArguments.ProblemOf(called.Operation, called.Arguments.Span);
        if (sent is { } problem)
        {
            return new Refusal(ReasonCode.MalformedRequest, problem);
        }

        var incoming = envelope.Http.Request.Headers;
        if (
            !OutgoingHeaders
                .From(incoming, called.Operation, !body.IsEmpty, called.Replaced, called.Mcp?.Mirrored)
                .TryGet(out var headers, out var refusal)
        )
        {
            return refusal;
        }

        if (headers.Uncovered(agent) is { } name)
        {
            return new Refusal(ReasonCode.InvalidSignature, Note: $"the signature does not cover {name}, which goes on");
        }

        if (CallerNames.Read(incoming) is not { } names)
        {
            return new Refusal(ReasonCode.MalformedRequest, CallerNames.Bounds);
        }

        return new ParsedRequest
        {
            Envelope = envelope,
            Agent = agent,
            Tenant = tenant,
            Connector = called.Connector,
            Operation = called.Operation,
            Offer = called.Offer,
            Reading = called.Reading,
            Dropped = called.Dropped,
            Opened = called.Opened,
            Body = body,
            Headers = headers,
            IdempotencyKey = names.IdempotencyKey,
            Intent = new Intent
            {
                Tenant = agent.Tenant,
                Workspace = agent.Workspace,
                Agent = agent.Agent,
                Strength = agent.Strength,
                Door = envelope.Call.Door.Name,
                Connector = called.Connector.Id,
                Operation = called.Operation.Id,
                Model = called.Reading.Model,
                HostedTools = called.Reading.HostedTools.Count == 0 ? [] : [.. called.Reading.HostedTools.Select(Id<Operation>.Parse)],
                Session = names.Session,
                Data = called.Operation.Data,
                Environment = Stricter(workspace.Environment, called.Connector.Environment),
                Target = new IntentTarget(
                    envelope.Http.Request.Method,
                    called.Connector.Authority,
                    called.PathAndQuery,
                    headers.Digest,
                    body.Digest
                ),
                Definition = called.Mcp?.Definition,
                McpMethod = called.Mcp?.Method,
                McpName = called.Mcp?.Name,
                Arguments = called.Arguments,
            },
        };
    }

    /// <summary>Unset counts as production, the strictest.</summary>
    internal static DeploymentEnvironment Stricter(DeploymentEnvironment a, DeploymentEnvironment b) =>
        a == DeploymentEnvironment.Unspecified || b == DeploymentEnvironment.Unspecified
            ? DeploymentEnvironment.Production
            : (DeploymentEnvironment)Math.Max((int)a, (int)b);
}
