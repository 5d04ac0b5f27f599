using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Identity;

/// <summary>Proves a bearer key. It can be copied and replayed, so what it proves is weak, and policy knows.</summary>
internal sealed class BearerVerifier(AgentDirectory directory, KeyRing pepper)
{
    private const string Scheme = "Bearer ";

    /// <summary>The hash of no secret.</summary>
    private readonly string _nobodys = $"{pepper.Current.Id}:{Convert.ToBase64String(new byte[32])}";

    public async ValueTask<Result<VerifiedAgent>> VerifyAsync(IHeaderDictionary headers, CancellationToken cancellationToken)
    {
        if (TextOf(headers) is not { } text)
        {
            return ReasonCode.MissingCredentials;
        }

        if (!TryParse(text, out var tenant, out var id, out var secret))
        {
            return new Refusal(ReasonCode.UnknownKey, Note: "not the text of a bearer key");
        }

        if (!(await directory.FindAsync(tenant, id, cancellationToken)).TryGet(out var known, out var refusal))
        {
            // As much work as for a key that is there: who has one isn't to be told by a clock.
            _ = BearerHash.Verify(pepper, _nobodys, secret);
            return refusal;
        }

        var record = known.Record;
        if (record.Kind != CredentialKind.Bearer || !BearerHash.Verify(pepper, record.Material, secret))
        {
            return new Refusal(ReasonCode.UnknownKey, Note: "the secret is another");
        }

        return
            Agrees(headers, "Gateway-Tenant", record.Tenant)
            && Agrees(headers, "Gateway-Workspace", record.Workspace)
            && Agrees(headers, "Gateway-Agent", record.Agent)
            ? new VerifiedAgent
            {
                Tenant = record.Tenant,
                Workspace = record.Workspace,
                Agent = record.Agent,
                Uid = record.AgentUid,
                Strength = AuthStrength.Bearer,
                CredentialId = record.Id,
            }
            : new Refusal(ReasonCode.IdentityMismatch, Note: "a Gateway-* identity header names another than the key's own");
    }

    /// <summary>The one of three headers that is there; two are refused before.</summary>
    private static string? TextOf(IHeaderDictionary headers)
    {
        if (headers.Authorization is [{ } authorization])
        {
            return authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..] : "";
        }

        return headers.TryGetValue("x-api-key", out var key) || headers.TryGetValue("api-key", out key) ? key[0] : null;
    }

    private static bool TryParse(string text, out Id<Tenant> tenant, out string id, out string secret)
    {
        if (
            AgentKeyText.TryParse(text, out var key)
            && key.Kind == AgentKeyKind.Bearer
            && Id<Tenant>.TryParse(key.Tenant.ToString(), out tenant)
        )
        {
            (id, secret) = (key.Id.ToString(), key.Secret.ToString());
            return true;
        }

        (tenant, id, secret) = (default, "", "");
        return false;
    }

    /// <summary>The headers may be absent; one that is there must say what the record says.</summary>
    private static bool Agrees<T>(IHeaderDictionary headers, string name, Id<T> id) =>
        !headers.TryGetValue(name, out var values) || (values.Count == 1 && values[0] == id.ToString());
}
