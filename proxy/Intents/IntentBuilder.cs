using Gateway.Connectors.Contracts;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Intents;

/// <summary>What every door does alike once connector, operation and body are known.</summary>
internal static class IntentBuilder
{
    private const int SessionLength = 128;

    public static Result<ReadIntent> Build(
        RequestEnvelope envelope, VerifiedAgent agent, TenantSnapshot tenant, Connector connector, Operation operation, string pathAndQuery, RequestBody body, BodyReading reading, ModelOffer? offer)
    {
        if (!tenant.Workspaces.TryGetValue(agent.Workspace, out var workspace))
        {
            return new Refusal(ReasonCode.AgentUnregistered, Note: "the credential's workspace is not declared");
        }

        if (!OutgoingHeaders.From(envelope.Http.Request.Headers, operation, !body.IsEmpty).TryGet(out var headers, out var refusal))
        {
            return refusal;
        }

        if (Uncovered(agent, headers) is { } name)
        {
            return new Refusal(ReasonCode.InvalidSignature, Note: $"the signature does not cover {name}, which goes on");
        }

        if (!TryReadSession(envelope.Http.Request.Headers, out var session))
        {
            return new Refusal(ReasonCode.MalformedRequest, $"Gateway-Session must be 1 to {SessionLength} visible ASCII characters.");
        }

        return new ReadIntent
        {
            Envelope = envelope,
            Agent = agent,
            Tenant = tenant,
            Connector = connector,
            Operation = operation,
            Offer = offer,
            Reading = reading,
            Body = body,
            Headers = headers,
            Intent = new Intent
            {
                Tenant = agent.Tenant,
                Workspace = agent.Workspace,
                Agent = agent.Agent,
                Strength = agent.Strength,
                Door = envelope.Call.Door,
                Connector = connector.Id,
                Operation = operation.Id,
                Model = reading.Model,
                Session = session,
                Data = operation.Data,
                Environment = Stricter(workspace.Environment, connector.Environment),
                Target = new IntentTarget(
                    envelope.Http.Request.Method, connector.BaseAddress.GetLeftPart(UriPartial.Authority), pathAndQuery, headers.Digest, body.Digest),
            },
        };
    }

    /// <summary>The path under the connector's base address, which may have a path of its own.</summary>
    public static string Join(Uri baseAddress, string path) => baseAddress.AbsolutePath.TrimEnd('/') + path;

    private static string? Uncovered(VerifiedAgent agent, OutgoingHeaders headers)
    {
        foreach (var (name, _) in headers.All)
        {
            if (!agent.Vouches(name))
            {
                return name;
            }
        }

        return null;
    }

    private static bool TryReadSession(IHeaderDictionary headers, out string? session)
    {
        session = headers.TryGetValue("Gateway-Session", out var values) ? values[0] : null;
        return session is null || (session.Length is > 0 and <= SessionLength && session.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0);
    }

    /// <summary>Unset counts as production, the strictest.</summary>
    private static DeploymentEnvironment Stricter(DeploymentEnvironment a, DeploymentEnvironment b) =>
        a == DeploymentEnvironment.Unspecified || b == DeploymentEnvironment.Unspecified ? DeploymentEnvironment.Production : (DeploymentEnvironment)Math.Max((int)a, (int)b);
}
