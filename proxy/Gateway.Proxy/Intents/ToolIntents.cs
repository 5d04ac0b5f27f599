using Gateway.Connectors.Contracts;
using Gateway.Connectors.Http;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Intents;

/// <summary>Reads calls of the tool door: any method, <c>/tools/{connector}/{**path}</c>.</summary>
public sealed class ToolIntents(BodyReader bodies)
{
    private static readonly HttpBodyReader Json = new();

    public async ValueTask<Result<ParsedRequest>> ReadAsync(RequestEnvelope envelope, VerifiedAgent agent, TenantSnapshot tenant)
    {
        if (
            !Id<Connector>.TryParse(envelope.Call.Connector, out var id)
            || !tenant.Connectors.TryGetValue(id, out var connector)
            || connector.Type != ConnectorType.Http
        )
        {
            return ReasonCode.UnknownConnector;
        }

        if (!CleanPath.TryClean(envelope.Call.Rest, out var path, out var refusal) || !CleanQuery.TryCheck(QueryOf(envelope), out refusal))
        {
            return refusal;
        }

        if (connector.Credential is { } use && BringsCredential(envelope, use))
        {
            return new Refusal(
                ReasonCode.ProviderCredentialsInRequest,
                "The request has the header or the query parameter that the connector's credential goes into."
            );
        }

        var method = envelope.Http.Request.Method;
        if (Find(connector, method, path) is not { } operation)
        {
            return ReasonCode.UnknownOperation;
        }

        if (!(await bodies.ReadAsync(envelope, agent, operation.RequestBytes)).TryGet(out var body, out refusal))
        {
            return refusal;
        }

        var intent = TryRead(envelope, operation, body, out var arguments, out var reading, out refusal)
            ? IntentBuilder.Build(
                envelope,
                agent,
                tenant,
                connector,
                operation,
                IntentBuilder.Join(connector.BaseAddress, path) + envelope.RawQuery,
                body,
                arguments,
                reading,
                offer: null
            )
            : refusal;
        if (!intent.TryGet(out _, out _))
        {
            body.Dispose();
        }

        return intent;
    }

    /// <summary>
    /// Whether the caller fills the credential's own place. Headers that carry the agent's key can't be told apart by name, and never go
    /// on.
    /// </summary>
    private static bool BringsCredential(RequestEnvelope envelope, CredentialUse use) =>
        use.Placement switch
        {
            CredentialPlacement.Query => CleanQuery.Carries(QueryOf(envelope), use.Name),
            CredentialPlacement.Header => !HeaderRules.IsAgentCredential(use.Name) && envelope.Http.Request.Headers.ContainsKey(use.Name),
            CredentialPlacement.Scheme or CredentialPlacement.Basic or CredentialPlacement.Unspecified => false,
        };

    /// <summary>
    /// The operation that fits; where several do, the one with more fixed segments. Equal ones are refused when documents load.
    /// </summary>
    internal static Operation? Find(Connector connector, string method, string path)
    {
        Operation? best = null;
        foreach (var operation in connector.Operations)
        {
            if (
                operation.Methods.Contains(method)
                && operation.Path.Matches(path)
                && (best is null || operation.Path.Literals > best.Path.Literals)
            )
            {
                best = operation;
            }
        }

        return best;
    }

    private static bool TryRead(
        RequestEnvelope envelope,
        Operation operation,
        RequestBody body,
        out ReadOnlyMemory<byte> arguments,
        out BodyReading reading,
        out Refusal refusal
    )
    {
        arguments = default;
        reading = BodyReading.Empty;
        refusal = default;
        var request = envelope.Http.Request;
        if (body.IsEmpty)
        {
            return true;
        }

        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            refusal = new Refusal(ReasonCode.MalformedRequest, "A GET or HEAD must not have a body.");
            return false;
        }

        if (!BodyReader.Accepts(request.ContentType, operation.RequestTypes, out var type))
        {
            refusal = new Refusal(ReasonCode.UnsupportedMediaType);
            return false;
        }

        if (!HttpBodyReader.IsJson(type))
        {
            return true;
        }

        arguments = body.Content;
        return Json.TryRead(body.Content.Span, out reading, out refusal);
    }

    private static ReadOnlySpan<char> QueryOf(RequestEnvelope envelope) =>
        envelope.RawQuery.Length == 0 ? default : envelope.RawQuery.AsSpan(1);
}
