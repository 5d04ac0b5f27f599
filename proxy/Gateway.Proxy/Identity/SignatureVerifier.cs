using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Identity;

/// <summary>Proves a signed request, as far as its head goes: shape, key, time, signature, in this order.</summary>
internal sealed class SignatureVerifier(AgentDirectory directory)
{
    public async ValueTask<Result<VerifiedAgent>> VerifyAsync(ParsedSignature parsed, CancellationToken cancellationToken)
    {
        var identity = parsed.Identity;
        if (!(await directory.FindAsync(identity.Tenant, identity.CredentialId, cancellationToken)).TryGet(out var known, out var refusal))
        {
            return refusal;
        }

        if (known.Key is not { } key)
        {
            return new Refusal(ReasonCode.InvalidSignature, Note: "the key is a bearer's and signs nothing");
        }

        if (
            !InTimeSignature.TryCheck(parsed, key, out var inTime, out refusal)
            || !VerifiedSignature.TryVerify(inTime, out var verified, out refusal)
        )
        {
            return refusal;
        }

        return new VerifiedAgent
        {
            Tenant = verified.Record.Tenant,
            Workspace = verified.Record.Workspace,
            Agent = verified.Record.Agent,
            Strength = AuthStrength.Signed,
            CredentialId = verified.Record.Id,
            Nonce = new NonceUse(verified.Record.Id, verified.Nonce, verified.Created, verified.Expires),
            ClaimedContent = verified.ClaimedDigest,
            Signature = verified,
        };
    }
}
