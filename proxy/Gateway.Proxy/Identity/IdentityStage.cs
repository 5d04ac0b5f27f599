using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Identity;

/// <summary>
/// Which agent is calling, proven how, from the headers alone. One kind of proof is looked for, by what the request carries; verifiers
/// aren't tried in turn until one succeeds. Reads no body and decides no permission.
/// </summary>
public sealed class IdentityStage
{
    /// <summary>Read along the path, though it isn't sent on: which dialect a list is answered in.</summary>
    private static readonly string[] ReadHere = ["anthropic-version"];

    private readonly SignatureProfile _profile;
    private readonly SignatureVerifier _signatures;
    private readonly BearerVerifier _bearers;

    public IdentityStage(
        IdentityOptions options,
        AllowedAuthorities authorities,
        AgentDirectory directory,
        GatewayKeys keys,
        TimeProvider time
    )
    {
        _profile = new SignatureProfile(authorities, options.AllowedClockSkew, time);
        _signatures = new SignatureVerifier(directory);
        _bearers = new BearerVerifier(directory, keys.BearerPepper);
    }

    public async ValueTask<Result<VerifiedAgent>> ProveAsync(RequestEnvelope envelope, CancellationToken cancellationToken)
    {
        try
        {
            var reading = ParsedSignature.Read(new IncomingMessage(envelope), _profile, ReadHere);
            return reading.Kind switch
            {
                SignatureReadingKind.Signed => await _signatures.VerifyAsync(reading.Signature!, cancellationToken),
                SignatureReadingKind.NotSigned => await _bearers.VerifyAsync(envelope.Http.Request.Headers, cancellationToken),
                SignatureReadingKind.Refused => reading.Refusal,
            };
        }
        catch (DurableStoreException e)
        {
            return new Refusal(ReasonCode.DependencyUnavailable, Note: e.Message);
        }
    }
}
