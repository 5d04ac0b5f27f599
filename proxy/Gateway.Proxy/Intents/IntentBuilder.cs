using Gateway.Connectors.Contracts;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Intents;

/// <summary>What every door does alike once connector, operation and body are known.</summary>
internal static class IntentBuilder
{
    private const int NameLength = 128;

    /// <param name="arguments">The body where it is JSON; empty where it isn't.</param>
    public static Result<ParsedRequest> Build(
        RequestEnvelope envelope,
        VerifiedAgent agent,
        TenantSnapshot tenant,
        Connector connector,
        Operation operation,
        string pathAndQuery,
        RequestBody body,
        ReadOnlyMemory<byte> arguments,
        BodyReading reading,
        ModelOffer? offer
    )
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

        var incoming = envelope.Http.Request.Headers;
        if (!TryReadName(incoming, "Gateway-Session", out var session) || !TryReadName(incoming, "Idempotency-Key", out var idempotencyKey))
        {
            return new Refusal(
                ReasonCode.MalformedRequest,
                $"Gateway-Session and Idempotency-Key must be 1 to {NameLength} visible ASCII characters."
            );
        }

        return new ParsedRequest
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
            IdempotencyKey = idempotencyKey,
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
                HostedTools = reading.HostedTools.Count == 0 ? [] : [.. reading.HostedTools.Select(Id<Operation>.Parse)],
                Session = session,
                Data = operation.Data,
                Environment = Stricter(workspace.Environment, connector.Environment),
                Target = new IntentTarget(
                    envelope.Http.Request.Method,
                    connector.BaseAddress.GetLeftPart(UriPartial.Authority),
                    pathAndQuery,
                    headers.Digest,
                    body.Digest
                ),
                Arguments = arguments,
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

    /// <summary>True, and null, for a header that isn't there.</summary>
    private static bool TryReadName(IHeaderDictionary headers, string header, out string? name)
    {
        name = headers.TryGetValue(header, out var values) ? values[0] : null;
        return name is null || (name.Length is > 0 and <= NameLength && name.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0);
    }

    /// <summary>Unset counts as production, the strictest.</summary>
    private static DeploymentEnvironment Stricter(DeploymentEnvironment a, DeploymentEnvironment b) =>
        a == DeploymentEnvironment.Unspecified || b == DeploymentEnvironment.Unspecified
            ? DeploymentEnvironment.Production
            : (DeploymentEnvironment)Math.Max((int)a, (int)b);
}
